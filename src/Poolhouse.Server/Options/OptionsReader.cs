using System.Reflection;

namespace Poolhouse.Server.Options;

/// <summary>Reads <see cref="ServerOptions"/> from configuration and refuses what it doesn't know.</summary>
internal static class OptionsReader
{
    /// <summary>The configuration section; in the environment therefore <c>POOLHOUSE__NAME</c>.</summary>
    public const string Section = "Poolhouse";

    private static readonly string[] Known = [.. typeof(ServerOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(p => p.Name)];

    /// <summary>The options, complete and valid.</summary>
    /// <exception cref="StartupException">Names everything that is wrong.</exception>
    public static ServerOptions Read(IConfiguration configuration, bool isDevelopment)
    {
        var section = configuration.GetSection(Section);
        var errors = section.GetChildren().Select(c => c.Key).Where(k => !IsKnown(k)).Select(Unknown).ToList();
        errors.AddRange(UnknownWithin(section.GetSection(nameof(ServerOptions.Applications)), typeof(ApplicationOptions)));
        errors.AddRange(UnknownWithin(section.GetSection(nameof(ServerOptions.Features)), typeof(FeatureOptions)));
        errors.AddRange(UnknownWithin(section.GetSection(nameof(ServerOptions.Functions)), typeof(FunctionOptions)));
        errors.AddRange(UnknownWithin(section.GetSection(nameof(ServerOptions.SenderKeys)), typeof(SenderKeyOptions)));
        errors.AddRange(UnknownMembers(section.GetSection(nameof(ServerOptions.Kyc)), typeof(KycOptions)));
        var options = new ServerOptions();
        try
        {
            section.Bind(options);
        }
        catch (InvalidOperationException e)
        {
            errors.Add("An option has a value of the wrong type. " + (e.InnerException?.Message ?? ""));
        }

        options.DrainSeconds ??= isDevelopment ? 0 : 5;
        options.EnforceRateLimits ??= !isDevelopment;
        options.EnforceRequestQuotas ??= !isDevelopment;
        options.MasterKey ??= configuration["POOLHOUSE_MASTER_KEY"];
        ReadAccessKeys(options, errors);
        options.Database = FromFile(options.Database, options.DatabaseFile, nameof(options.Database), errors);
        options.Iam = FromFile(options.Iam, options.IamFile, nameof(options.Iam), errors);
        options.MasterKey = FromFile(options.MasterKey, options.MasterKeyFile, nameof(options.MasterKey), errors);
        options.RabbitMq = FromFile(options.RabbitMq, options.RabbitMqFile, nameof(options.RabbitMq), errors);
        options.Redis = FromFile(options.Redis, options.RedisFile, nameof(options.Redis), errors);
        options.Smtp = FromFile(options.Smtp, options.SmtpFile, nameof(options.Smtp), errors);
        foreach (var (name, function) in options.Functions) function.Secret = FromFile(function.Secret, function.SecretFile, $"Functions:{name}:Secret", errors);
        foreach (var (name, key) in options.SenderKeys) key.Key = FromFile(key.Key, key.KeyFile, $"SenderKeys:{name}:Key", errors);
        options.Kyc.SecretAccessKey = FromFile(options.Kyc.SecretAccessKey, options.Kyc.SecretAccessKeyFile, "Kyc:SecretAccessKey", errors);
        foreach (var (name, application) in options.Applications)
            application.ClientSecret = FromFile(application.ClientSecret, application.ClientSecretFile, $"Applications:{name}:ClientSecret", errors);
        errors.AddRange(AmazonOptions.Complete(options, configuration));
        errors.AddRange(ServerOptionsValidator.Validate(options, isDevelopment));
        return errors.Count == 0 ? options : throw new StartupException(string.Join('\n', errors));
    }

    /// <summary>
    /// Command line to configuration: <c>--public-url x</c> and <c>--PublicUrl=x</c> are the key <c>Poolhouse:PublicUrl</c>.
    /// </summary>
    /// <exception cref="StartupException">An argument is no option, or lacks its value.</exception>
    public static Dictionary<string, string?> ReadArguments(IReadOnlyList<string> arguments)
    {
        var result = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (!argument.StartsWith("--", StringComparison.Ordinal))
                throw new StartupException($"'{argument}' is not an option. Options look like --urls http://localhost:8001; --help lists them.");
            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            var name = (equals < 0 ? argument[2..] : argument[2..equals]).Replace("-", "", StringComparison.Ordinal);
            if (!IsKnown(name.Split(':')[0])) throw new StartupException(Unknown(argument));
            if (equals < 0 && i + 1 == arguments.Count) throw new StartupException($"{argument} needs a value.");
            result[$"{Section}:{name}"] = equals < 0 ? arguments[++i] : argument[(equals + 1)..];
        }

        return result;
    }

    /// <summary>A .env file in the working directory: NAME=value lines, as a shell reads them, with or without quotes.</summary>
    public static Dictionary<string, string?> ReadDotEnv(string path)
    {
        var result = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        if (!File.Exists(path)) return result;
        foreach (var line in File.ReadLines(path).Select(l => l.Trim()))
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || line[0] == '#') continue;
            var value = line[(equals + 1)..].Trim();
            if (value.Length > 1 && value[0] is '"' or '\'' && value[^1] == value[0]) value = value[1..^1];
            result[line[..equals].Replace("export ", "", StringComparison.Ordinal).Trim().Replace("__", ":", StringComparison.Ordinal)] = value;
        }

        return result;
    }

    // Entries have names of the operator's choice; what is within them has not.
    private static IEnumerable<string> UnknownWithin(IConfigurationSection entries, Type type) =>
        entries.GetChildren().SelectMany(entry => UnknownMembers(entry, type));

    private static IEnumerable<string> UnknownMembers(IConfigurationSection entry, Type type)
    {
        var known = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(p => p.Name).ToList();
        return entry.GetChildren()
            .Where(member => !known.Contains(member.Key, StringComparer.OrdinalIgnoreCase))
            .Select(member => $"There is no option '{member.Path[(Section.Length + 1)..]}'. There are {string.Join(", ", known)}.");
    }

    private static bool IsKnown(string key) => Known.Contains(key, StringComparer.OrdinalIgnoreCase);

    private static string Unknown(string key)
    {
        var plain = key.TrimStart('-').Replace("-", "", StringComparison.Ordinal).Split('=', ':')[0];
        var nearest = Known.MinBy(name => Distance(name.ToUpperInvariant(), plain.ToUpperInvariant()))!;
        return $"There is no option '{key}'. Did you mean {nearest}?";
    }

    private static void ReadAccessKeys(ServerOptions options, List<string> errors)
    {
        const string Name = nameof(options.AccessKeys);
        var text = FromFile(options.AccessKeys.Count > 0 ? "" : null, options.AccessKeysFile, Name, errors);
        foreach (var line in text?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
        {
            // Not the line: it may hold a secret.
            if (line.Split('=', 2, StringSplitOptions.TrimEntries) is not [var id, var secret]) errors.Add($"{Name}File has a line that isn't like AKID = secret.");
            else if (!options.AccessKeys.TryAdd(id, secret)) errors.Add($"{Name}File has '{id}' twice.");
        }
    }

    private static string? FromFile(string? value, string? path, string name, List<string> errors)
    {
        if (path is null) return value;
        if (value is not null) errors.Add($"Set either {name} or {name}File, not both.");
        if (File.Exists(path)) return File.ReadAllText(path).Trim();
        errors.Add($"{name}File names '{path}', which doesn't exist.");
        return null;
    }

    // Levenshtein's distance, two rows at a time.
    private static int Distance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        var current = new int[b.Length + 1];
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            (previous, current) = (current, previous);
        }

        return previous[b.Length];
    }
}
