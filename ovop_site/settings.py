"""Settings of Sentra OVOP; every variable of the environment is explained in `.env.example`."""

from pathlib import Path

import pghistory
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse_lazy

from ovop_site import env, log
from ovop_site.loopback import refuse_demo_beyond_loopback

BASE_DIR = Path(__file__).resolve().parent.parent

# OVOP_DEMO=1 is set by `make run`: loopback only, accounts with a known password, marked in the database.
DEMO = env.flag("OVOP_DEMO")
DEBUG = env.flag("OVOP_DEBUG")

SECRET_KEY = env.text("SECRET_KEY", "demo-only-on-loopback" if DEMO else "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY belum diisi. Isi dengan teks acak yang panjang, misalnya keluaran"
        " `python -c 'import secrets; print(secrets.token_urlsafe(50))'`. Hanya contoh (OVOP_DEMO=1) berjalan tanpanya."
    )
# Keys of before: sessions, links in mails and the secrets of two-step sign-in made with them stay good.
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", ("127.0.0.1", "localhost", "[::1]"))
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
refuse_demo_beyond_loopback([env.text("OVOP_HOST") or "127.0.0.1"])

INSTALLED_APPS = [
    "ovop_site",
    "wilayah",
    "accounts",
    "outbox",
    "files",
    "sentra",
    "assessment",
    "django.forms",
    "ovop_site.admin_config.SentraAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_filters",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
]

MIDDLEWARE = [
    "ovop_site.log.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ovop_site.middleware.CompressPagesMiddleware",
    "csp.middleware.CSPMiddleware",
    "ovop_site.middleware.PrivatePagesMiddleware",
    "ovop_site.middleware.DemoOnLoopbackMiddleware",
    "ovop_site.middleware.RefuseDemoDataMiddleware",
    "ovop_site.middleware.HealthMiddleware",
    "ovop_site.middleware.RejectNullBytesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SignInRequiredMiddleware",
    "accounts.middleware.ObligationsMiddleware",
    "accounts.middleware.LastSeenMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ovop_site.middleware.ExplainNotAllowedMiddleware",
]

ROOT_URLCONF = "ovop_site.urls"
WSGI_APPLICATION = "ovop_site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ovop_site.context_processors.site",
            ],
        },
    }
]
FORM_RENDERER = "ovop_site.form_renderer.FieldRenderer"

# Database: DATABASE_URL names a PostgreSQL of one's own; without it the embedded one is used.
DATABASE_URL = env.text("DATABASE_URL")
# Set for web servers (gunicorn.conf.py): threads per process. There a missing embedded server is not started.
THREADS = env.number("OVOP_THREADS", 0)
DATABASES = {
    "default": env.database(DATABASE_URL)
    if DATABASE_URL
    else {"ENGINE": "ovop_site.embedded_postgres", "NAME": "ovop", "OPTIONS": {}}
}
# A page asks many short questions about few rows. PostgreSQL would spend longer on compiling them, on starting workers
# and on trying all orders of ten joins than on answering; beyond four tables the order in which Django joins them
# stands. Rows are taken to be in memory or on a disk without a moving head: else a table is read whole for a hundredth
# of it. Every trigger looks for `pgtrigger.ignore`; where it was never set, that is an exception which costs more than
# the trigger.
PLANNING = "-c jit=off -c join_collapse_limit=4 -c max_parallel_workers_per_gather=0 -c random_page_cost=1.1"
# Names that are alike to 0.42 are found: PostgreSQL's own 0.6 knows no "telur" for "telor". One wrong letter, or two
# that changed places, leave 0.42 of a word of six; of a word of four it asks for as much as 0.6 does.
SEARCHING = "-c pg_trgm.word_similarity_threshold=0.42"
DATABASES["default"]["OPTIONS"].setdefault("options", f"{PLANNING} {SEARCHING} -c pgtrigger.ignore={{}}")
if THREADS:
    # One connection per thread and one to spare; who waits longer than `timeout` seconds learns that the database is
    # away. The pool tries a connection before it hands it out, so a restarted server needs no restarted web.
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": THREADS + 1, "timeout": 5}
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
OVOP_DATA = Path(env.text("OVOP_DATA") or BASE_DIR / ".data").resolve()

# Rate limits must hold over all processes, so they are counted in the database; at the usual 300 entries a third of the
# counts would be thrown away whenever a province is at work.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

# Sign-in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.ClosedAccountAdapter"
ACCOUNT_FORMS = {"login": "accounts.forms.SignInForm", "reauthenticate": "accounts.forms.PasswordAgainForm"}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_LOGOUT_REDIRECT_URL = "/masuk/"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
# Seconds for which a sign-in is fresh enough to decide, to give duties and codes, and to change one's own account.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_RATE_LIMITS = {
    # A village shares one address: the account is limited tightly, the address widely.
    "login": "120/m/ip",
    "login_failed": "60/5m/ip,5/5m/key",
    "sign_in_code": "60/5m/ip,5/5m/key",
    "reset_password": "60/5m/ip,5/h/key",
    "reset_password_from_key": "60/5m/ip",
    "reauthenticate": "20/5m/user",
    "change_password": "20/5m/user",
}
# Two-step sign-in: an application on the phone, and recovery codes. Who decides and who keeps the admin must use it.
REQUIRE_MFA = env.flag("REQUIRE_MFA", not DEMO)
MFA_ADAPTER = "accounts.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.CodeForm",
    "reauthenticate": "accounts.forms.CodeAgainForm",
    "activate_totp": "accounts.forms.TurnOnForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Sentra OVOP"
# Clocks of phones are wrong by more than half a minute.
MFA_TOTP_TOLERANCE = 1
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Mail. Without a server nobody is promised one: the dinas helps by a one-time code. The demo writes mails into files.
EMAIL_URL = env.text("EMAIL_URL")
SENDS_MAIL = bool(EMAIL_URL) or DEMO
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL") or "Sentra OVOP <sentra-ovop@localhost>"
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 10
if EMAIL_URL:
    server = env.mail(EMAIL_URL)
    EMAIL_HOST, EMAIL_PORT = server["host"], server["port"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = server["user"], server["password"]
    EMAIL_USE_SSL, EMAIL_USE_TLS = server["use_ssl"], server["use_tls"]
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = OVOP_DATA / "surel"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# SECURITY: who has no account gets a mail as well, so that neither page nor time tells which address has one.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True

# Language and time. A page says WIB, WITA or WIT beside each time; the zone belongs to the record's province.
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "ovop_site.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

# Static files and uploads. Uploads are private: only `files.views` serves them, after a permission check. Static files
# are for everybody, so that a web server may run as another user than the one who gathered them.
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
# The pictures of the guides lie beside their texts.
STATICFILES_DIRS = [BASE_DIR / "static", ("panduan", BASE_DIR / "docs" / "img" / "panduan")]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "ovop_site.vendor_files.VendorFinder",
]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {"BACKEND": "ovop_site.static_storage.HashedStaticFilesStorage"},
}
MEDIA_ROOT = OVOP_DATA / "berkas"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# More than a section of the sheet may carry (ten per indicator), so that its form says where there are too many.
DATA_UPLOAD_MAX_NUMBER_FILES = 100
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "files.upload_handlers.BoundedFileUploadHandler",
]

# Safety
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_ENGINE = "ovop_site.session_store"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
if not DEMO:
    SECURE_REDIRECT_EXEMPT = [r"^sehat/$"]
    SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", True)
    SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", 31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("SECURE_HSTS_INCLUDE_SUBDOMAINS")
    SECURE_HSTS_PRELOAD = env.flag("SECURE_HSTS_PRELOAD")
    # Both speak for every other site below the same domain too, so only who keeps that domain can turn them on.
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    if ALLAUTH_TRUSTED_PROXY_COUNT:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_FAILURE_VIEW = "ovop_site.views.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "connect-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Forms
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# History: of a version only the key of its row is looked for; see `accounts.history.tracked`.
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(db_index=True)

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# One line of JSON per event, for whoever gathers logs; plain text at the terminal of the demo.
LOGGING = log.configuration(as_json=env.flag("OVOP_LOG_JSON", not DEMO))
