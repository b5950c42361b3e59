"""The monitor as open data: the same facts as on the pages, in files for everybody who wants to count again.

`columns` says once what is in each file; the description page, the header rows and the schema come from it.
`rows` reads, `files` writes, `routes` answers.
"""
