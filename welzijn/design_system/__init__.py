"""Look: style sheets, icons and template tags on the NL Design System.

Entry points: context_processors, icons, stylesheet_build, templatetags/.
May import: welzijn.core and welzijn.accounts.
"""
