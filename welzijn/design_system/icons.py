"""SVG paths of the icons, on a 24 by 24 grid; used beside a word, never alone."""

from __future__ import annotations

ICONS: dict[str, str] = {
    "bellen": '<path d="M6.6 3.8 9 4.3l1.3 3.6-1.7 1.6a12 12 0 0 0 5.9 5.9l1.6-1.7 3.6 1.3.5 2.4'
    'a2 2 0 0 1-2 2.4A15.2 15.2 0 0 1 4.2 5.8a2 2 0 0 1 2.4-2z"/>',
    "schrijven": '<path d="M4 20l1-4.5L16.2 4.3a2 2 0 0 1 2.8 0l.7.7a2 2 0 0 1 0 2.8'
    'L8.5 19z"/><path d="M14.5 6l3.5 3.5M4 20h16"/>',
    "weg": '<path d="M14 5h5v5M19 5l-8 8M17 14v4'
    'a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1h4"/>',
    "taal": '<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c3 2.6 4 5.6 4 9s-1 6.4-4 9'
    'c-3-2.6-4-5.6-4-9s1-6.4 4-9z"/>',
    "voorlezen": '<path d="M4 9.5h3.5L12 5.5v13l-4.5-4H4zM15.5 9a4 4 0 0 1 0 6"/>'
    '<path d="M18 6.5a8 8 0 0 1 0 11"/>',
    "terug": '<path d="M15 5l-7 7 7 7"/>',
    "verder": '<path d="M9 5l7 7-7 7"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.5v.01"/>',
    "ok": '<circle cx="12" cy="12" r="9"/><path d="M8 12.3l2.7 2.7L16 9.5"/>',
    "let-op": '<path d="M12 3.5 21.5 20h-19z"/><path d="M12 10v4.5M12 17.2v.01"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "zoeken": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5 20 20"/>',
    "afdrukken": '<path d="M7 9V4h10v5M7 17H5a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1h14a1 1 0 0 1 1 1v6'
    'a1 1 0 0 1-1 1h-2M7 14h10v6H7z"/>',
    "sluiten": '<path d="M6 6l12 12M18 6 6 18"/>',
    "omhoog": '<path d="M6 14l6-6 6 6"/>',
    "omlaag": '<path d="M6 10l6 6 6-6"/>',
    "klok": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>',
    "slot": '<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
    "persoon": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20a7.5 7.5 0 0 1 15 0"/>',
    "gesprek": '<path d="M4 5h16v11h-9l-5 4v-4H4z"/>',
    "meldingen": '<path d="M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15z"/><path d="M10 20.5h4"/>',
    "agenda": '<rect x="4" y="5.5" width="16" height="14.5" rx="2"/>'
    '<path d="M4 10h16M8.5 3v4M15.5 3v4"/>',
}
