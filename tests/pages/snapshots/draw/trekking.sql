SELECT ... FROM wagtailcore_site INNER JOIN wagtailcore_page ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM wagtailcore_page INNER JOIN wagtailcore_locale ON ... INNER JOIN django_content_type ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM wagtailcore_site INNER JOIN wagtailcore_page ON ... INNER JOIN wagtailcore_locale ON ... ORDER BY ... DESC
SELECT ... FROM wagtailcore_page INNER JOIN wagtailcore_locale ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM participatie_lotingpage INNER JOIN wagtailcore_page ON ... INNER JOIN participatie_loting ON ... INNER JOIN wijken_wijk ON ... LEFT OUTER JOIN wijken_plek ON ... WHERE ... LIMIT ...
SELECT ... FROM participatie_trekkingsbestand INNER JOIN participatie_vastlegging ON ... INNER JOIN participatie_trekking ON ... LEFT OUTER JOIN participatie_uitkomst ON ... LEFT OUTER JOIN participatie_trekkingscijfers ON ... LEFT OUTER JOIN participatie_worp ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM participatie_ketenregel WHERE ... ORDER BY ... ASC
SELECT ... FROM participatie_quotawijziging INNER JOIN participatie_antwoordoptie ON ... INNER JOIN participatie_kenmerk ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM participatie_kenmerk INNER JOIN wagtailcore_locale ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM participatie_antwoordoptie INNER JOIN wagtailcore_locale ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM core_siteinstellingen WHERE ... LIMIT ...
SELECT ... FROM home_contentpage INNER JOIN wagtailcore_page ON ... INNER JOIN wagtailcore_locale ON ... WHERE ... ORDER BY ... ASC
