"""How much open work lies with each organisation and service, for who may not know of questions.

`organisations` stands below `intake` and can't import it: the offer's page and the routing rules
ask this function for a number, and see nothing else of a question.
"""

from django.db import migrations

SQL = """
CREATE FUNCTION intake_open_work(partnership uuid)
RETURNS TABLE (organisation_id uuid, service_id uuid, questions bigint)
LANGUAGE sql STABLE AS $$
    SELECT lead_id, q.service_id, count(*) FROM intake_question q
     WHERE q.partnership_id = partnership AND q.status IN ('new', 'picked_up')
     GROUP BY lead_id, q.service_id
$$
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0007_lists_at_a_million")]

    operations = [migrations.RunSQL(SQL, "DROP FUNCTION intake_open_work(uuid)")]
