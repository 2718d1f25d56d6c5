"""Django with MySQLdb: migrations, ORM, transactions, inspectdb. Arguments: port."""
import io
import sys

import MySQLdb

import django
from django.conf import settings
from django.core.management import call_command

PORT = int(sys.argv[1])
root = MySQLdb.connect(host="127.0.0.1", port=PORT, user="root")
root.cursor().execute("CREATE DATABASE django_clients")
settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.mysql", "HOST": "127.0.0.1", "PORT": PORT, "USER": "root", "NAME": "django_clients",
                           "OPTIONS": {"charset": "utf8mb4"}}},
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions"],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField", SECRET_KEY="none", USE_TZ=True)
django.setup()

from django.contrib.auth.models import Group, Permission, User  # noqa: E402
from django.contrib.sessions.models import Session  # noqa: E402
from django.db import IntegrityError, connection, transaction  # noqa: E402
from django.db.models import Count, F, Max, Q  # noqa: E402
from django.utils import timezone  # noqa: E402

call_command("migrate", verbosity=0)
call_command("migrate", verbosity=0)
assert not connection.introspection.get_table_list(connection.cursor()) == []
User.objects.bulk_create([User(username=f"user{i}", email=f"{i}@example.org", password="x") for i in range(50)])
ana = User.objects.create_user("ana 🐬", password="sesam")
assert User.objects.get(username="ana 🐬").check_password("sesam")
staff = Group.objects.create(name="staff")
staff.user_set.add(ana, *User.objects.filter(username__startswith="user1"))
assert Group.objects.annotate(n=Count("user")).get().n == 12
assert User.objects.filter(Q(groups=staff) & ~Q(username__endswith="1")).distinct().count() == 10
assert User.objects.filter(username__iregex="^USER4[0-9]$").count() == 10
assert list(User.objects.order_by("-id").values_list("username", flat=True)[1:3]) == ["user49", "user48"]
assert User.objects.filter(pk=ana.pk).update(first_name=F("username")) == 1
assert User.objects.aggregate(latest=Max("date_joined"))["latest"] <= timezone.now()
assert User.objects.dates("date_joined", "year").count() == 1
try:
    with transaction.atomic():
        User.objects.create(username="user1")
    raise AssertionError("the name is there twice")
except IntegrityError as error:
    assert error.args[0] == 1062, error
with transaction.atomic():
    locked = User.objects.select_for_update(skip_locked=True).get(pk=ana.pk)
    try:
        with transaction.atomic():
            locked.delete()
            raise KeyError
    except KeyError:
        pass
assert User.objects.filter(pk=ana.pk).exists()
user, created = User.objects.update_or_create(username="user1", defaults={"last_name": "é"})
assert not created and User.objects.get(username="user1").last_name == "é"
Session.objects.create(session_key="k" * 32, session_data="{}", expire_date=timezone.now())
assert Session.objects.filter(expire_date__lt=timezone.now()).delete()[0] == 1
assert Permission.objects.select_related("content_type").count() > 10
out = io.StringIO()
call_command("inspectdb", "auth_user", "auth_user_groups", stdout=out)
model = out.getvalue()
assert "username = models.CharField(unique=True, max_length=150)" in model, model
assert "is_active = models.IntegerField()" in model and "user = models.ForeignKey(AuthUser, models.DO_NOTHING)" in model, model
call_command("flush", interactive=False, verbosity=0)
assert User.objects.count() == 0
connection.close()
root.cursor().execute("DROP DATABASE django_clients")
root.close()
