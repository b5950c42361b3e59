SELECT ... FROM wagtailcore_site INNER JOIN wagtailcore_page ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM wagtailcore_page INNER JOIN wagtailcore_locale ON ... INNER JOIN django_content_type ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM wagtailcore_site INNER JOIN wagtailcore_page ON ... INNER JOIN wagtailcore_locale ON ... ORDER BY ... DESC
SELECT ... FROM wagtailcore_page INNER JOIN wagtailcore_locale ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM wijken_terugblikpage INNER JOIN wagtailcore_page ON ... INNER JOIN wijken_terugblik ON ... INNER JOIN wijken_actieplan ON ... INNER JOIN wijken_wijk ON ... WHERE ... LIMIT ...
SELECT ... FROM wijken_momentopname WHERE ... ORDER BY ... ASC LIMIT ...
SELECT ... FROM wijken_actie WHERE ... ORDER BY ... ASC
SELECT ... FROM wijken_planning INNER JOIN wagtailcore_locale ON ... INNER JOIN wijken_mijlpaal ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM wijken_voortgang INNER JOIN wagtailcore_locale ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM wijken_actie WHERE ... ORDER BY ... ASC
SELECT ... FROM wijken_organisatie INNER JOIN wijken_actie_trekkers ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM wijken_actiepage INNER JOIN wagtailcore_page ON ... INNER JOIN wagtailcore_locale ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM wijken_antwoord LEFT OUTER JOIN wijken_actie ON ... WHERE ... GROUP BY ... ORDER BY ... ASC
SELECT ... FROM wijken_gesprek INNER JOIN wagtailcore_locale ON ... LEFT OUTER JOIN wijken_plek ON ... WHERE ... ORDER BY ... DESC
SELECT ... FROM core_siteinstellingen WHERE ... LIMIT ...
SELECT ... FROM home_contentpage INNER JOIN wagtailcore_page ON ... INNER JOIN wagtailcore_locale ON ... WHERE ... ORDER BY ... ASC
