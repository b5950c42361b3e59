SELECT ... FROM wagtailcore_site INNER JOIN wagtailcore_page ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM wagtailcore_page INNER JOIN wagtailcore_locale ON ... INNER JOIN django_content_type ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM wagtailcore_site INNER JOIN wagtailcore_page ON ... INNER JOIN wagtailcore_locale ON ... ORDER BY ... DESC
SELECT ... FROM wagtailcore_page INNER JOIN wagtailcore_locale ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM home_contactpage INNER JOIN wagtailcore_page ON ... WHERE ... LIMIT ...
SELECT ... FROM wijken_wijk ORDER BY ... ASC
SELECT ... FROM wijken_thema INNER JOIN wagtailcore_locale ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM wijken_contactpersoon INNER JOIN wagtailcore_locale ON ... INNER JOIN wijken_organisatie ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM wijken_wijk INNER JOIN wijken_contactpersoon_wijken ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM core_siteinstellingen WHERE ... LIMIT ...
SELECT ... FROM home_contentpage INNER JOIN wagtailcore_page ON ... INNER JOIN wagtailcore_locale ON ... WHERE ... ORDER BY ... ASC
