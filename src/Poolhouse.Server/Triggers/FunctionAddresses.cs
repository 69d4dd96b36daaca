using System.Text;
using Poolhouse.Server.Options;

namespace Poolhouse.Server.Triggers;

/// <summary>Where a function is called.</summary>
/// <param name="Url">The address.</param>
/// <param name="Secret">Signs what a webhook gets; null for a Lambda endpoint.</param>
internal sealed record FunctionAddress(Uri Url, byte[]? Secret)
{
    /// <summary>Never the secret.</summary>
    public override string ToString() => Url.GetLeftPart(UriPartial.Path);
}

/// <summary>Finds the address of an ARN in the server's options.</summary>
internal sealed class FunctionAddresses(ServerOptions options)
{
    private const string Convention = "2015-03-31/functions/";

    private readonly Dictionary<string, FunctionOptions> _named =
        options.Functions.ToDictionary(entry => entry.Value.Function ?? entry.Key, entry => entry.Value, StringComparer.Ordinal);

    /// <summary>The address, or null where the options know none: first by the whole ARN, then by the function's name, then the common endpoint.</summary>
    public FunctionAddress? Find(string arn)
    {
        var name = NameOf(arn);
        if (_named.GetValueOrDefault(arn) is { } whole) return Of(whole, name);
        if (_named.GetValueOrDefault(name) is { } named) return Of(named, name);
        return options.LambdaEndpoint is { } endpoint ? new FunctionAddress(Invocations(endpoint, name), Secret: null) : null;
    }

    /// <summary>arn:aws:lambda:region:account:function:name, with or without a version or alias after the name.</summary>
    public static string NameOf(string arn) => arn.Split(':') is { Length: > 6 } parts ? parts[6] : arn;

    private static FunctionAddress Of(FunctionOptions function, string name) => function.Kind == "webhook"
        ? new FunctionAddress(new Uri(function.Url!), Encoding.UTF8.GetBytes(function.Secret!))
        : new FunctionAddress(Invocations(function.Url!, name), Secret: null);

    // AWS Lambda, API_Invoke. An address that is whole already stays: the runtime interface emulator knows one function, "function".
    private static Uri Invocations(string url, string name) => url.Contains(Convention, StringComparison.Ordinal)
        ? new Uri(url)
        : new Uri($"{url.TrimEnd('/')}/{Convention}{Uri.EscapeDataString(name)}/invocations");
}
