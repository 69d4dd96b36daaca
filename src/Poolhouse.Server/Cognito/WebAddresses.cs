namespace Poolhouse.Server.Cognito;

/// <summary>Addresses in configuration that pages will show or the server will call.</summary>
internal static class WebAddresses
{
    /// <summary>Whether the text is an absolute http or https address.</summary>
    public static bool IsOne(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp);
}
