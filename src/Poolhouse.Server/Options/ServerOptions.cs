using Poolhouse.Core.Accounts.Protection;

namespace Poolhouse.Server.Options;

/// <summary>
/// What an operator sets: appsettings.json, <c>POOLHOUSE__NAME</c> in the environment or a .env file, or <c>--name</c>. Unknown
/// keys are refused at start. Every secret also exists as <c>…File</c>, the path of a file that holds it.
/// </summary>
internal sealed class ServerOptions
{
    /// <summary>Addresses to listen on, separated by semicolons. Default http://localhost:8001.</summary>
    public string Urls { get; set; } = "http://localhost:8001";

    /// <summary>Folder of the embedded database and, in Development, the master key. Default ./data.</summary>
    public string Data { get; set; } = "./data";

    /// <summary>The base URL that clients reach: issuer, discovery and links derive from it. Default: the first of <see cref="Urls"/>.</summary>
    public string? PublicUrl { get; set; }

    /// <summary><c>Data Source=…</c> for SQLite or a PostgreSQL connection string. Default: SQLite in <see cref="Data"/>.</summary>
    public string? Database { get; set; }

    /// <summary>File that holds <see cref="Database"/>.</summary>
    public string? DatabaseFile { get; set; }

    /// <summary><c>host:6379,password=…,ssl=true,caFile=…</c>, or Sentinels and <c>serviceName=…</c> (see docs/nodes.md): Redis answers for cookie sessions and counts requests, for all nodes together; the database keeps the sessions, and answers while Redis is away. See docs/sessions.md. Default: none; each node counts for itself.</summary>
    public string? Redis { get; set; }

    /// <summary>File that holds <see cref="Redis"/>.</summary>
    public string? RedisFile { get; set; }

    /// <summary>
    /// <c>amqps://user:password@host-a:5671,host-b:5671/vhost?cacertfile=/etc/ca.pem</c>: RabbitMQ spreads mail over nodes and workers; what is to be sent stays in the database. See queue.md.
    /// Default: none; each node takes from the database.
    /// </summary>
    public string? RabbitMq { get; set; }

    /// <summary>File that holds <see cref="RabbitMq"/>.</summary>
    public string? RabbitMqFile { get; set; }

    /// <summary>Whether this node delivers what RabbitMQ spreads; false leaves that to others, such as <c>poolhouse worker</c>. Default true.</summary>
    public bool Consume { get; set; } = true;

    /// <summary>
    /// Networks of the proxies in front of this server, such as <c>10.0.0.0/8</c> or <c>2001:db8::7</c>: what they say in <c>X-Forwarded-For</c> and
    /// <c>X-Forwarded-Proto</c> is believed. Default: none; a request comes from whoever connects. See docs/nodes.md.
    /// </summary>
    public string[] TrustedProxies { get; set; } = [];

    /// <summary>
    /// Seconds, 0–600, for which a node that is told to stop still takes requests while <c>/health/ready</c> says that it is draining: as long as whoever spreads
    /// requests may take to notice. Default 5; in Development 0.
    /// </summary>
    public int? DrainSeconds { get; set; }

    /// <summary>32 bytes in base64 or hex, several separated by commas with the current one first. Required outside Development.</summary>
    public string? MasterKey { get; set; }

    /// <summary>File that holds <see cref="MasterKey"/>.</summary>
    public string? MasterKeyFile { get; set; }

    /// <summary><c>smtp://user:password@host:587?tls=true&amp;from=address</c>. Without it mail goes to the mailbox in Development and nowhere elsewhere.</summary>
    public string? Smtp { get; set; }

    /// <summary>File that holds <see cref="Smtp"/>.</summary>
    public string? SmtpFile { get; set; }

    /// <summary><c>ses://eu-west-1?from=address&amp;configurationSet=name</c>: mail goes through Amazon SES instead of a mail server, with credentials of AWS's usual places. See mail.md.</summary>
    public string? Ses { get; set; }

    /// <summary>The region of new pools' ids. Default us-east-1.</summary>
    public string Region { get; set; } = "us-east-1";

    /// <summary>The 12-digit account number in ARNs. Default 000000000000.</summary>
    public string AccountId { get; set; } = "000000000000";

    /// <summary>Access key ids with their secrets, for administrative calls: <c>AccessKeys:AKID = secret</c>.</summary>
    public Dictionary<string, string> AccessKeys { get; set; } = new(StringComparer.Ordinal);

    /// <summary>File that holds <see cref="AccessKeys"/>, one a line: <c>AKID = secret</c>.</summary>
    public string? AccessKeysFile { get; set; }

    /// <summary>Roles with their policies, and OpenID Connect providers, as JSON: what IAM has at Amazon. See docs/identity-pools.md. Default: none.</summary>
    public string? Iam { get; set; }

    /// <summary>File that holds <see cref="Iam"/>.</summary>
    public string? IamFile { get; set; }

    /// <summary>Cost of password hashes: <c>production</c> (220,000 rounds) or <c>development</c> (1,000; refused outside Development). Default: by environment.</summary>
    public string? HashProfile { get; set; }

    /// <summary>Threads that hash passwords, 1–256. Default: the number of processors.</summary>
    public int? HashThreads { get; set; }

    /// <summary>Passwords that may wait to be hashed, 1–100,000; beyond it clients are told to come back. Default 256.</summary>
    public int HashQueue { get; set; } = 256;

    /// <summary>Folder of published passwords, as files of SHA-1 ranges (see docs/threat-protection.md). Default: none; only the most common ones are known.</summary>
    public string? BreachedPasswords { get; set; }

    /// <summary>Where the destinations of pools' logs are here: an ARN, a space, and <c>file:PATH</c>, <c>http(s)://…</c> or <c>otlp+http(s)://…</c> (see docs/threat-protection.md). Default: none.</summary>
    public string[] LogDestinations { get; set; } = [];

    /// <summary>
    /// Where functions of pools' LambdaConfig are called that <see cref="Functions"/> does not name: the base URL of anything that answers
    /// <c>/2015-03-31/functions/{name}/invocations</c>. Default: nowhere, and the call that needs one fails. See triggers.md.
    /// </summary>
    public string? LambdaEndpoint { get; set; }

    /// <summary>
    /// Single functions, under names of your choice: <c>Functions:hello:Url</c>, with <c>Function</c> (ARN or name; default the entry's name),
    /// <c>Kind</c> (<c>lambda</c> or <c>webhook</c>) and, for a webhook, <c>Secret</c> or <c>SecretFile</c>. See triggers.md.
    /// </summary>
    public Dictionary<string, FunctionOptions> Functions { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Seconds that a function may take before it is tried again, at most three times in all; 0.1–5. Default 5.</summary>
    public double FunctionTimeoutSeconds { get; set; } = 5;

    /// <summary>
    /// Keys for custom senders, under names of your choice: <c>SenderKeys:main:KeyId</c> (what pools name as KMSKeyID), <c>Key</c> or <c>KeyFile</c>
    /// (32 bytes in base64) and <c>Format</c> (<c>aws-encryption-sdk</c> or <c>jwe</c>). See triggers.md.
    /// </summary>
    public Dictionary<string, SenderKeyOptions> SenderKeys { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Days after which a pool's signing keys are replaced, 0–3,650; 0 never does. Verifiers that fetch keys they don't know, as all do, notice nothing. Default 90.</summary>
    public int SigningKeyDays { get; set; } = 90;

    /// <summary>Whether calls beyond a quota are told to come back. Default: outside Development.</summary>
    public bool? EnforceRequestQuotas { get; set; }

    /// <summary>Calls a second by category, for what differs from Cognito's quotas: <c>RequestQuotas:UserAuthentication = 500</c>; 0 sets none. docs/quotas.md has the categories.</summary>
    public Dictionary<string, int> RequestQuotas { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Megabytes that the file of a user import job may have, 1–1,024. Amazon takes 100. Default 100.</summary>
    public int ImportMegabytes { get; set; } = 100;

    /// <summary>
    /// Applications of the account API, under names of your choice: <c>Applications:shop:UserPoolId</c>, <c>ClientId</c> and the rules of each. Default: the two
    /// of the first start, or the one that <c>COGNITO_USER_POOL_ID</c> and <c>COGNITO_CLIENT_ID</c> name at Amazon. See account-api.md and amazon.md.
    /// </summary>
    public Dictionary<string, ApplicationOptions> Applications { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The application that is meant where a request names none. Default: the first.</summary>
    public string? DefaultApplication { get; set; }

    /// <summary>
    /// Features that the account API tells of, under names of your choice: <c>Features:beta:Percentage = 10</c>, <c>Users</c>, <c>Groups</c> or <c>Everybody</c>.
    /// See account-api.md.
    /// </summary>
    public Dictionary<string, FeatureOptions> Features { get; set; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Which proofs sensitive actions ask for, where that differs from the default: <c>SecurityMatrix:DeleteAccount:0 = SecurityQuestions</c>. See account-api.md.
    /// </summary>
    public Dictionary<SensitiveAction, Proof[]> SecurityMatrix { get; set; } = [];

    /// <summary>Whether calls of the account API beyond a rate limit are told to come back. Default: outside Development.</summary>
    public bool? EnforceRateLimits { get; set; }

    /// <summary>
    /// Identity documents: <c>Kyc:Store</c> (<c>folder</c>, the default, or <c>s3://bucket?region=…</c>, with the credentials of AWS's usual places or
    /// with <c>Kyc:AccessKeyId</c> and <c>Kyc:SecretAccessKey</c> or <c>Kyc:SecretAccessKeyFile</c>), <c>Kyc:ClamAv</c> (<c>tcp://host:port</c> or <c>unix:/path</c>; default none), <c>Kyc:ScanSeconds</c> (30), <c>Kyc:RetentionDays</c> (365;
    /// 0 keeps content as long as the account), <c>Kyc:UploadsPerDay</c> (20) and <c>Kyc:MegabytesPerDay</c> (100) of an account. See kyc.md.
    /// </summary>
    public KycOptions Kyc { get; set; } = new();

    /// <summary>
    /// Where metrics, traces and logs go: the base address of an OpenTelemetry collector, http://collector:4318, which is sent OTLP as http/protobuf. The standard
    /// OTEL_EXPORTER_OTLP_ENDPOINT and its relatives serve as well. Default: nowhere. See telemetry.md.
    /// </summary>
    public string? Otlp { get; set; }

    /// <summary>Origins that may call the account API from a browser; <c>*</c> allows all, which bearer tokens make safe. Default *.</summary>
    public string[] AllowedOrigins { get; set; } = ["*"];
}
