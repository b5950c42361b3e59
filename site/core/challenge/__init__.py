"""The last step against scripts on a public form: five digits to read or to hear, and to type over.

A form extends `ChallengeForm`, is told with `passed` what the draft remembers, and says afterwards in
`passed` what the draft has to remember: whoever passed once is not asked again. Images and sound come from
`urls`, which stand outside the languages. `store.remove_expired` belongs to what is done every day.

django-simple-captcha makes, keeps and times the digits. Its own form field and addresses are not used: that
field asks again after a mistake elsewhere in the form, and takes one answer twice when both come at once; and
its images are drawn while the random numbers of the whole process are fixed.
"""
