using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Poolhouse.Core.Imports.Local;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Server;
using Poolhouse.Server.Commands;
using Poolhouse.Server.Commands.Import;
using Poolhouse.Server.Options;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Commands;

/// <summary>What the command came to.</summary>
internal sealed record Imported(int Code, string Out, string Error, string? Report)
{
    /// <summary>The result of <c>--json</c>: imported and failed.</summary>
    public (long Imported, long Failed) Counts
    {
        get
        {
            var result = JsonNode.Parse(Out)!;
            return (result["imported"]!.GetValue<long>(), result["failed"]!.GetValue<long>());
        }
    }

    /// <summary>Line and code of each row of the report.</summary>
    public IEnumerable<(long Line, string Code)> Failures => Report!.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonNode.Parse(line)!)
        .Select(line => (line["row"]!.GetValue<long>(), line["code"]!.GetValue<string>()));
}

/// <summary>Runs the command within this process, beside the server of a test, on the same database.</summary>
internal static class ImportScene
{
    /// <summary>Imports a file of this text.</summary>
    public static Task<Imported> ImportAsync(this TestPool pool, string text, string extension, params string[] more) =>
        pool.ImportAsync(Encoding.UTF8.GetBytes(text), extension, more);

    /// <summary>The same with options that stand before the usual ones, where the first of an option counts.</summary>
    public static Task<Imported> ImportFirstAsync(this TestPool pool, string text, params string[] first) => pool.RunAsync(Encoding.UTF8.GetBytes(text), "csv", first, []);

    /// <summary>Imports a file of these bytes; <c>--report</c> goes to a file of JSON lines.</summary>
    public static Task<Imported> ImportAsync(this TestPool pool, byte[] bytes, string extension, params string[] more) => pool.RunAsync(bytes, extension, [], more);

    private static async Task<Imported> RunAsync(this TestPool pool, byte[] bytes, string extension, string[] first, string[] more)
    {
        var folder = Directory.CreateTempSubdirectory("poolhouse-import-").FullName;
        try
        {
            var (path, report) = (Path.Combine(folder, "people." + extension), Path.Combine(folder, "failed.jsonl"));
            await File.WriteAllBytesAsync(path, bytes);
            using var output = new StringWriter();
            using var error = new StringWriter();
            int code;
            try
            {
                code = await ImportCommand.RunAsync(
                    [path, .. first, .. Unless(first, "--pool", pool.Id), "--json", .. Unless(first, "--report", report), .. more, .. SameDatabase(pool.World)], new CommandConsole(output, error, IsTerminal: false), "Development");
            }
            catch (StartupException refused)
            {
                // As ServerBuilder.RunAsync has it.
                error.WriteLine(refused.Message);
                code = 2;
            }

            File.Exists(report + ".part").ShouldBeFalse();
            return new Imported(code, output.ToString(), error.ToString(), File.Exists(report) ? await File.ReadAllTextAsync(report) : null);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Begins the import of a file as a command that was killed right after had.</summary>
    public static async Task BeginAsync(this TestPool pool, string text)
    {
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, text);
        using var file = ImportFile.Open(path, ImportFormat.Csv);
        var now = pool.World.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var import = new LocalImport { PoolId = new PoolId(pool.Id), Digest = await file.DigestAsync(CancellationToken.None), StartedAt = now };
        var database = pool.World.Services.GetRequiredService<IDatabase>();
        (await database.WriteAsync(unit => unit.LocalImports.BeginAsync(import, now, CancellationToken.None), CancellationToken.None)).ShouldBeTrue();
        File.Delete(path);
    }

    /// <summary>The hash that the database has for a user.</summary>
    public static async Task<string?> StoredHashAsync(this TestPool pool, string name) =>
        (await pool.World.Services.GetRequiredService<IDatabase>().ReadAsync(
            stores => stores.Users.FindByNameAsync(new PoolId(pool.Id), name, CancellationToken.None), CancellationToken.None))!.Password?.Hash;

    /// <summary>How many users the pool has.</summary>
    public static async Task<int> CountAsync(this TestPool pool) =>
        (await pool.ConfigureAsync("DescribeUserPool").ShouldSucceedAsync())["UserPool"]!["EstimatedNumberOfUsers"]!.GetValue<int>();

    private static string[] Unless(string[] first, string name, string value) => first.Contains(name) ? [] : [name, value];

    private static string[] SameDatabase(World world)
    {
        var options = world.Services.GetRequiredService<IOptions<ServerOptions>>().Value;
        return ["--data", options.Data, "--hash-profile", "development", .. options.Database is { } database ? ["--database", database] : Array.Empty<string>()];
    }
}
