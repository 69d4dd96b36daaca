using System.Text;

namespace Poolhouse.Core.Sessions;

/// <summary>
/// User agents in words, from a closed vocabulary: nothing that a client wrote comes out but digits of a version, so what is shown
/// in mails and lists can't be made to say anything.
/// </summary>
public static class UserAgents
{
    /// <summary>What is said of an agent that isn't known.</summary>
    public const string Unknown = "Other, Other";

    // More of an agent than this no client needs.
    private const int MostCharacters = 1024;

    // The first that is found wins: Edge and Opera also call themselves Chrome, and Chrome calls itself Safari.
    private static readonly (string Token, string Name)[] Browsers =
    [
        ("Edg/", "Edge"), ("EdgA/", "Edge"), ("EdgiOS/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Version/", "Safari"), ("aws-sdk-js/", "AWS SDK for JavaScript"),
        ("aws-amplify/", "Amplify"), ("aws-cli/", "AWS CLI"), ("Boto3/", "Boto3"), ("aws-sdk-java/", "AWS SDK for Java"), ("aws-sdk-dotnet", "AWS SDK for .NET"),
        ("aws-sdk-go", "AWS SDK for Go"), ("okhttp/", "OkHttp"), ("Dalvik/", "Android app"), ("CFNetwork/", "Apple app"), ("curl/", "curl"), ("node", "Node.js"),
    ];

    private static readonly (string Token, string Name)[] Systems =
    [
        ("Windows NT 10", "Windows 10"), ("Windows NT", "Windows"), ("iPhone", "iOS"), ("iPad", "iPadOS"), ("Android", "Android"), ("Mac OS X", "macOS"),
        ("Darwin", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"), ("linux", "Linux"),
    ];

    /// <summary>Browser with its major version, and system.</summary>
    /// <param name="userAgent">The header; null for none.</param>
    public static string Describe(string? userAgent)
    {
        if (string.IsNullOrEmpty(userAgent)) return Unknown;
        var agent = userAgent.AsSpan(0, Math.Min(userAgent.Length, MostCharacters));
        var text = new StringBuilder("Other");
        foreach (var (token, name) in Browsers)
        {
            var at = agent.IndexOf(token, StringComparison.Ordinal);
            if (at < 0) continue;
            text.Clear().Append(name);
            var version = agent[(at + token.Length)..];
            var digits = version.IndexOfAnyExceptInRange('0', '9');
            version = version[..Math.Min(digits < 0 ? version.Length : digits, 4)];
            if (version.Length > 0) text.Append(' ').Append(version);
            break;
        }

        text.Append(", ");
        foreach (var (token, name) in Systems)
            if (agent.IndexOf(token, StringComparison.Ordinal) >= 0) return text.Append(name).ToString();
        return text.Append("Other").ToString();
    }
}
