using Microsoft.Extensions.Primitives;

namespace Poolhouse.Server.Oidc;

/// <summary>The parameters of an OAuth request. RFC 6749 §3.1: none may come twice, and an empty one is one that is missing.</summary>
internal sealed class OAuthParameters
{
    private const int LongestForm = 64 * 1024;

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private OAuthParameters(IEnumerable<KeyValuePair<string, StringValues>> pairs)
    {
        foreach (var (name, values) in pairs)
        {
            if (values.Count > 1) Repeated = name;
            if (values.Count == 1 && values[0] is { Length: > 0 } value) _values[name] = value;
        }
    }

    /// <summary>A name that came twice; null where none did.</summary>
    public string? Repeated { get; }

    /// <summary>A value, or null.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Those of the address.</summary>
    public static OAuthParameters OfQuery(HttpRequest request) => new(request.Query);

    /// <summary>Those of a form.</summary>
    /// <exception cref="OAuthException">The body is no form, or a parameter came twice.</exception>
    public static async ValueTask<OAuthParameters> OfFormAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentType?.Split(';')[0].Trim().Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true
            || request.ContentLength > LongestForm) throw OAuthException.InvalidRequest();
        try
        {
            var form = await request.ReadFormAsync(new Microsoft.AspNetCore.Http.Features.FormOptions { BufferBodyLengthLimit = LongestForm, ValueCountLimit = 64 }, ct);
            var parameters = new OAuthParameters(form);
            return parameters.Repeated is null ? parameters : throw OAuthException.InvalidRequest();
        }
        catch (Exception malformed) when (malformed is InvalidDataException or BadHttpRequestException)
        {
            throw OAuthException.InvalidRequest();
        }
    }
}
