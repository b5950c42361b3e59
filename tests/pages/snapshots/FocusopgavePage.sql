SELECT ... FROM wagtailcore_site INNER JOIN wagtailcore_page ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM wagtailcore_page INNER JOIN wagtailcore_locale ON ... INNER JOIN django_content_type ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM wagtailcore_site INNER JOIN wagtailcore_page ON ... INNER JOIN wagtailcore_locale ON ... ORDER BY ... DESC
SELECT ... FROM wagtailcore_page INNER JOIN wagtailcore_locale ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM wijken_focusopgavepage INNER JOIN wagtailcore_page ON ... INNER JOIN wijken_focusopgave ON ... INNER JOIN wijken_actieplan ON ... INNER JOIN wijken_wijk ON ... LEFT OUTER JOIN wijken_contactpersoon ON ... LEFT OUTER JOIN wijken_organisatie ON ... WHERE ... LIMIT ...
SELECT ... FROM core_siteimage WHERE ...
SELECT ... FROM core_rendition WHERE ...
SELECT ... FROM wijken_planning INNER JOIN wagtailcore_locale ON ... INNER JOIN wijken_mijlpaal ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM wijken_voortgang INNER JOIN wagtailcore_locale ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM wijken_actie WHERE ... ORDER BY ... ASC
SELECT ... FROM wijken_organisatie INNER JOIN wijken_actie_trekkers ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM wijken_actiepage INNER JOIN wagtailcore_page ON ... INNER JOIN wagtailcore_locale ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM wijken_organisatie INNER JOIN wijken_focusopgave_eindverantwoordelijk ON ... INNER JOIN wagtailcore_locale ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM wijken_organisatie INNER JOIN wijken_focusopgave_werkgroep ON ... INNER JOIN wagtailcore_locale ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM wijken_monitorpage INNER JOIN wagtailcore_page ON ... WHERE ... UNION ALL SELECT ... FROM wijken_actieplanpage INNER JOIN wagtailcore_page ON ... WHERE ... UNION ALL SELECT ... FROM wijken_perspectiefpage INNER JOIN wagtailcore_page ON ... INNER JOIN wijken_perspectief ON ... WHERE ... UNION ALL SELECT ... FROM wijken_focusopgavepage INNER JOIN wagtailcore_page ON ... INNER JOIN wijken_focusopgave ON ... WHERE ... UNION ALL SELECT ... FROM wijken_actiepage INNER JOIN wagtailcore_page ON ... INNER JOIN wijken_actie ON ... WHERE ... UNION ALL SELECT ... FROM wijken_terugblikpage INNER JOIN wagtailcore_page ON ... INNER JOIN wijken_terugblik ON ... WHERE ...
SELECT ... FROM core_siteinstellingen WHERE ... LIMIT ...
SELECT ... FROM home_contentpage INNER JOIN wagtailcore_page ON ... INNER JOIN wagtailcore_locale ON ... WHERE ... ORDER BY ... ASC
