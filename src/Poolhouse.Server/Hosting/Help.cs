namespace Poolhouse.Server;

/// <summary>What <c>--help</c> prints.</summary>
internal static class Help
{
    public const string Text = """
        poolhouse [serve] [options]
        poolhouse import FILE [--pool ID] [options]    users of a CSV or JSON lines file, with their hashes: docs/migration.md
        poolhouse rotate-keys [--pool ID] [--retire] [options]    new signing keys; --retire ends what the old ones signed
        poolhouse worker [options]    delivers mail from the queue; needs --database, --rabbit-mq and the master key: docs/queue.md

          --urls URL[;URL]     addresses to listen on          (http://localhost:8001)
          --data FOLDER        embedded database and, in Development, the master key  (./data)
          --public-url URL     what clients reach; issuer, discovery and links derive from it  (the first of --urls)
          --database STRING    "Data Source=…" for SQLite, "Host=…" for PostgreSQL  (SQLite in --data)
          --rabbit-mq URL      amqps://user:password@host-a:5671,host-b:5671/vhost  (none: mail needs no queue)
          --smtp URL           smtp://user:password@host:587?tls=true&from=address
          --region REGION      region in ids of new pools      (us-east-1)

        Every option is also read from appsettings.json (section Poolhouse), from the environment as POOLHOUSE__NAME and from a
        .env file. docs/configuration.md lists them all. DOTNET_ENVIRONMENT=Development adds the mailbox and /dev.
        """;
}
