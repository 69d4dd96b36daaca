using System.Text.Json;

namespace Poolhouse.Core.Identities.Access;

/// <summary>Reads an <see cref="IamConfiguration"/>: <c>{"Roles": {arn: …}, "OpenIdConnectProviders": {arn: …}}</c>. docs/identity-pools.md.</summary>
public static class IamReader
{
    private const string RoleMark = ":role/";
    private const string ProviderMark = ":oidc-provider/";

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The configuration.</summary>
    /// <param name="text">JSON; null is none.</param>
    /// <param name="host">This server's public host, in which condition keys may be written.</param>
    /// <param name="allowsPlainLoopback">Whether <c>http</c> will do for this machine: in Development.</param>
    /// <exception cref="FormatException">Says what is not understood, and where.</exception>
    public static IamConfiguration Read(string? text, string host, bool allowsPlainLoopback)
    {
        if (text is null) return IamConfiguration.Empty;
        try
        {
            using var json = JsonDocument.Parse(text, Options);
            var root = new IamElement(json.RootElement, "Iam");
            root.DemandOnly("Roles", "OpenIdConnectProviders");
            return new IamConfiguration(
                root.Members("Roles").Select(r => ReadRole(r.Name, r.Value, host, allowsPlainLoopback)).ToDictionary(r => r.Arn, StringComparer.Ordinal),
                root.Members("OpenIdConnectProviders").Select(p => ReadProvider(p.Name, p.Value, allowsPlainLoopback)).ToDictionary(p => p.Arn, StringComparer.Ordinal));
        }
        catch (JsonException malformed)
        {
            throw new FormatException($"Iam is not JSON: {malformed.Message}", malformed);
        }
    }

    private static Role ReadRole(string arn, IamElement role, string host, bool allowsPlainLoopback)
    {
        if (!IsArn(arn, RoleMark)) throw role.Problem("is not the ARN of a role");
        role.DemandOnly("Policy", "AssumeRolePolicyDocument", "Sts");
        var trust = role.Find("AssumeRolePolicyDocument") is { } document ? PolicyReader.ReadTrust(document, host) : null;
        if (role.Find("Sts") is not { } sts) return new Role(arn, PolicyReader.ReadPolicy(role.Get("Policy")), trust, null);
        if (role.Find("Policy") is not null || trust is not null) throw role.Problem("has both Sts and a document; at STS the documents are AWS's");
        if (!Uri.TryCreate(sts.Text(), UriKind.Absolute, out var endpoint) || !IsSafe(endpoint, allowsPlainLoopback))
            throw sts.Problem("must be an https address");
        return new Role(arn, Policy.Empty, null, endpoint);
    }

    private static OpenIdProvider ReadProvider(string arn, IamElement provider, bool allowsPlainLoopback)
    {
        if (!IsArn(arn, ProviderMark)) throw provider.Problem("is not the ARN of an OpenID Connect provider");
        provider.DemandOnly("ClientIds");
        var clients = provider.Get("ClientIds").Texts();
        if (clients.Count == 0) throw provider.Problem("needs at least one client id");
        var name = arn[(arn.IndexOf(ProviderMark, StringComparison.Ordinal) + ProviderMark.Length)..];
        var isHere = allowsPlainLoopback && Uri.TryCreate("http://" + name, UriKind.Absolute, out var plain) && plain.IsLoopback;
        var issuer = (isHere ? "http://" : "https://") + name;
        if (!Uri.TryCreate(issuer, UriKind.Absolute, out var uri) || uri.Query.Length > 0 || uri.UserInfo.Length > 0)
            throw provider.Problem("does not name a host and path");
        return new OpenIdProvider(arn, name, issuer, clients);
    }

    private static bool IsArn(string arn, string mark) =>
        arn.StartsWith("arn:aws", StringComparison.Ordinal) && arn.Contains(":iam::", StringComparison.Ordinal)
        && arn.IndexOf(mark, StringComparison.Ordinal) is > 0 and var at && at + mark.Length < arn.Length;

    private static bool IsSafe(Uri uri, bool allowsPlainLoopback) =>
        uri.Scheme == Uri.UriSchemeHttps || (allowsPlainLoopback && uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback);
}

/// <summary>A part of the document that knows where it stands.</summary>
internal readonly struct IamElement(JsonElement json, string path)
{
    /// <summary>Refuses members beside these: what is not understood must not be ignored.</summary>
    public void DemandOnly(params ReadOnlySpan<string> names)
    {
        if (json.ValueKind != JsonValueKind.Object) throw Problem("must be an object");
        foreach (var member in json.EnumerateObject())
            if (!names.Contains(member.Name)) throw Problem($"has '{member.Name}', which is not read here");
    }

    /// <summary>A member, or null.</summary>
    public IamElement? Find(string name) => json.TryGetProperty(name, out var value) ? new IamElement(value, $"{path}.{name}") : null;

    /// <summary>A member that has to be there.</summary>
    public IamElement Get(string name) => Find(name) ?? throw Problem($"lacks '{name}'");

    /// <summary>The members of a member; none where it is absent.</summary>
    public IReadOnlyList<(string Name, IamElement Value)> Members(string name) => Find(name) is { } member ? member.Members() : [];

    /// <summary>The members of an object.</summary>
    public IReadOnlyList<(string Name, IamElement Value)> Members()
    {
        if (json.ValueKind != JsonValueKind.Object) throw Problem("must be an object");
        var at = path;
        return [.. json.EnumerateObject().Select(m => (m.Name, new IamElement(m.Value, $"{at}.{m.Name}")))];
    }

    /// <summary>The members of a list; one element stands for a list of one, as in IAM.</summary>
    public IReadOnlyList<IamElement> Items()
    {
        if (json.ValueKind != JsonValueKind.Array) return [this];
        var at = path;
        return [.. json.EnumerateArray().Select((item, i) => new IamElement(item, $"{at}[{i}]"))];
    }

    /// <summary>A text.</summary>
    public string Text() => json.ValueKind == JsonValueKind.String ? json.GetString()! : throw Problem("must be a text");

    /// <summary>A text, or a list of them.</summary>
    public IReadOnlyList<string> Texts() => [.. Items().Select(i => i.Text())];

    /// <summary>What is wrong here.</summary>
    public FormatException Problem(string what) => new($"{path} {what}.");
}
