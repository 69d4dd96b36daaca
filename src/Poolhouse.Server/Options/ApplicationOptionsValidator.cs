using System.Text.RegularExpressions;

namespace Poolhouse.Server.Options;

/// <summary>Says what is wrong with Applications.</summary>
internal static partial class ApplicationOptionsValidator
{
    public static IEnumerable<string> Validate(ServerOptions options)
    {
        foreach (var (name, application) in options.Applications)
        {
            if (!Name().IsMatch(name)) yield return $"Applications: '{name}' must be 1 to 32 letters, digits and hyphens.";
            if (string.IsNullOrEmpty(application.UserPoolId)) yield return $"Applications:{name}:UserPoolId is missing.";
            foreach (var problem in AmazonOptions.Validate(name, application)) yield return problem;
            if (string.IsNullOrEmpty(application.ClientId)) yield return $"Applications:{name}:ClientId is missing.";
            if (application.PasswordLength is < 6 or > 99) yield return $"Applications:{name}:PasswordLength must be 6 to 99.";
            if (application.InvitesPerDay is < 1 or > 10_000) yield return $"Applications:{name}:InvitesPerDay must be 1 to 10000.";
        }

        foreach (var client in options.Applications.Values.SelectMany(a => a.OtherClientIds.Append(a.ClientId)).GroupBy(id => id, StringComparer.Ordinal))
            if (client.Key is not null && client.Count() > 1) yield return $"Applications: the client {client.Key} belongs to more than one; a token must say whose it is.";
        if (options.DefaultApplication is { } named && !options.Applications.ContainsKey(named) && !(options.Applications.Count == 0 && Bootstrap.Names.Contains(named)))
            yield return $"DefaultApplication: there is no application '{named}'.";
    }

    [GeneratedRegex("^[A-Za-z0-9-]{1,32}$", RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
