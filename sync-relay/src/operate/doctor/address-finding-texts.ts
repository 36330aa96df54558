import { bad, note, type FindingText, type Mend } from "./finding-text";

/** What can be wrong with the public address and the certificate that it shows. */
export const addressFindingTexts = {
  "address-unset": note(
    "COSELL_PUBLIC_URL is not set: nobody knows where webhooks should go",
    "COSELL_PUBLIC_URL n’est pas défini : on ne sait pas où doivent aller les webhooks",
    {
      deed: {
        en: "give the address under which both clouds reach the relay as COSELL_PUBLIC_URL",
        fr: "donnez dans COSELL_PUBLIC_URL l’adresse sous laquelle les deux services joignent le relais",
      },
    },
  ),
  "address-unreachable": bad("{url} does not answer", "{url} ne répond pas", reachMend()),
  "address-other": bad(
    "{url} is answered by something else than this relay",
    "c’est autre chose que ce relais qui répond à {url}",
    reachMend(),
  ),
  "tls-none": bad("{url} does not speak TLS", "{url} ne parle pas TLS", {
    deed: {
      en: "lead the address to a server that ends TLS before the relay (reverse proxy, ingress)",
      fr: "menez l’adresse à un serveur qui termine TLS devant le relais (proxy inverse, ingress)",
    },
  }),
  "tls-expired": bad(
    "the TLS certificate of {host} expired on {day}: both clouds refuse to call",
    "le certificat TLS de {host} a expiré le {day} : les deux services refusent d’appeler",
    renewCertificate(),
  ),
  "tls-not-yet": bad(
    "the TLS certificate of {host} is valid from {day} only",
    "le certificat TLS de {host} n’est valable qu’à partir du {day}",
    {
      deed: {
        en: "put a certificate that is valid now where TLS ends, and check the clock of this machine",
        fr: "mettez un certificat valable dès maintenant là où TLS se termine, et vérifiez l’horloge de cette machine",
      },
    },
  ),
  "tls-name": bad(
    "the TLS certificate is for {names}, not for {host}",
    "le certificat TLS est pour {names}, pas pour {host}",
    {
      deed: {
        en: "put a certificate for {host} where TLS ends, or correct COSELL_PUBLIC_URL and run: cosell setup",
        fr: "mettez un certificat pour {host} là où TLS se termine, ou corrigez COSELL_PUBLIC_URL et lancez : cosell setup",
      },
    },
  ),
  "tls-untrusted": bad(
    "the TLS certificate of {host} comes from nobody who is trusted ({reason})",
    "le certificat TLS de {host} ne vient d’aucune autorité reconnue ({reason})",
    {
      deed: {
        en: "use a certificate of a public authority, and let the server send the intermediate certificates too; see what it sends with: openssl s_client -showcerts -connect {endpoint}",
        fr: "utilisez un certificat d’une autorité publique, et faites envoyer aussi les certificats intermédiaires ; voyez ce qui est envoyé avec : openssl s_client -showcerts -connect {endpoint}",
      },
    },
  ),
  "tls-ending": note(
    "the TLS certificate of {host} ends in {days} days",
    "le certificat TLS de {host} expire dans {days} jours",
    renewCertificate(),
  ),
  "address-in-clear": bad(
    "{url} takes webhooks without TLS as well, so that their secret can be read on the way",
    "{url} accepte aussi les webhooks sans TLS : leur secret peut être lu en chemin",
    {
      deed: {
        en: "let the proxy before the relay refuse plain HTTP (port 80), or redirect it",
        fr: "faites refuser ou rediriger le HTTP simple (port 80) par le proxy placé devant le relais",
      },
    },
  ),
  "pages-open": note(
    "pages for operators can be read at {url}: {pages}",
    "des pages réservées aux exploitants sont lisibles à {url} : {pages}",
    {
      deed: {
        en: "publish /webhooks/ only, and /livez for the configuration page",
        fr: "ne publiez que /webhooks/, et /livez pour la page de configuration",
      },
    },
  ),
} as const satisfies Readonly<Record<string, FindingText>>;

function renewCertificate(): Mend {
  return {
    deed: {
      en: "renew the certificate where TLS ends (reverse proxy, ingress), let that server load it, then run: cosell doctor",
      fr: "renouvelez le certificat là où TLS se termine (proxy inverse, ingress), faites-le charger par ce serveur, puis lancez : cosell doctor",
    },
  };
}

function reachMend(): Mend {
  return {
    deed: {
      en: "start the relay, and lead the address to its port (reverse proxy, firewall)",
      fr: "démarrez le relais et menez l’adresse à son port (proxy inverse, pare-feu)",
    },
  };
}
