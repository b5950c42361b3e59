SELECT ... FROM wagtailcore_site INNER JOIN wagtailcore_page ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM wagtailcore_page INNER JOIN wagtailcore_locale ON ... INNER JOIN django_content_type ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM wagtailcore_site INNER JOIN wagtailcore_page ON ... INNER JOIN wagtailcore_locale ON ... ORDER BY ... DESC
SELECT ... FROM wagtailcore_page INNER JOIN wagtailcore_locale ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM wijken_monitorpage INNER JOIN wagtailcore_page ON ... INNER JOIN wijken_wijk ON ... WHERE ... LIMIT ...
SELECT ... FROM wijken_focusopgave INNER JOIN wijken_actieplan ON ... WHERE ... UNION ALL SELECT ... FROM wijken_perspectief INNER JOIN wijken_actieplan ON ... WHERE ... UNION ALL SELECT ... FROM wijken_organisatie INNER JOIN wagtailcore_locale ON ... WHERE ... UNION ALL SELECT ... FROM wijken_plek INNER JOIN wagtailcore_locale ON ... WHERE ...
SELECT ... FROM wijken_planning INNER JOIN wagtailcore_locale ON ... INNER JOIN wijken_mijlpaal ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM wijken_voortgang INNER JOIN wagtailcore_locale ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM wijken_actieplan LEFT OUTER JOIN wijken_actie ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM wijken_voortgang INNER JOIN wagtailcore_locale ON ... INNER JOIN wijken_organisatie ON ... WHERE ... ORDER BY ... DESC
SELECT ... FROM wijken_planning INNER JOIN wagtailcore_locale ON ... INNER JOIN wijken_mijlpaal ON ... INNER JOIN wijken_actie ON ... INNER JOIN wijken_actieplan ON ... INNER JOIN wijken_wijk ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM wijken_actiepage INNER JOIN wagtailcore_page ON ... INNER JOIN wagtailcore_locale ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM wijken_actie_trekkers INNER JOIN wijken_actie ON ... INNER JOIN wijken_actieplan ON ... WHERE ... UNION ALL SELECT ... FROM wijken_actie_plekken INNER JOIN wijken_actie ON ... INNER JOIN wijken_actieplan ON ... WHERE ... UNION ALL SELECT ... FROM wijken_actie_opgaven INNER JOIN wijken_actie ON ... INNER JOIN wijken_actieplan ON ... INNER JOIN wijken_opgave ON ... WHERE ... UNION ALL SELECT ... FROM wijken_actie_samen_met INNER JOIN wijken_actie ON ... INNER JOIN wijken_actieplan ON ... WHERE ...
SELECT ... FROM core_siteinstellingen WHERE ... LIMIT ...
SELECT ... FROM home_contentpage INNER JOIN wagtailcore_page ON ... INNER JOIN wagtailcore_locale ON ... WHERE ... ORDER BY ... ASC
