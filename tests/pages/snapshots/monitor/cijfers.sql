SELECT ... FROM wagtailcore_site INNER JOIN wagtailcore_page ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM wagtailcore_page INNER JOIN wagtailcore_locale ON ... INNER JOIN django_content_type ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM wagtailcore_site INNER JOIN wagtailcore_page ON ... INNER JOIN wagtailcore_locale ON ... ORDER BY ... DESC
SELECT ... FROM wagtailcore_page INNER JOIN wagtailcore_locale ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM wijken_monitorpage INNER JOIN wagtailcore_page ON ... INNER JOIN wijken_wijk ON ... WHERE ... LIMIT ...
SELECT ... FROM wijken_indicator INNER JOIN wagtailcore_locale ON ... WHERE ... ORDER BY ... ASC
SELECT ... FROM wijken_meting WHERE ... ORDER BY ... ASC
SELECT ... FROM core_siteinstellingen WHERE ... LIMIT ...
SELECT ... FROM home_contentpage INNER JOIN wagtailcore_page ON ... INNER JOIN wagtailcore_locale ON ... WHERE ... ORDER BY ... ASC
