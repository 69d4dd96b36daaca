using System.Globalization;
using System.Text.RegularExpressions;
using Poolhouse.Core.Documents;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.ClassicPages;

/// <summary>CSS and logo of the classic sign-in pages, between Core and the wire.</summary>
internal static partial class CustomizationMapping
{
    /// <summary>In the place of a client: for every client without a customization of its own.</summary>
    public const string AllClients = "ALL";

    /// <summary>API_UICustomizationType. The logo is a <c>data:</c> address: it needs no place to be fetched from.</summary>
    public static UICustomizationType ToWire(Document document)
    {
        var customization = DocumentTypes.UiCustomization.Read(document);
        return new UICustomizationType
        {
            UserPoolId = document.PoolId.Value,
            ClientId = document.Key,
            ImageUrl = customization.Image is { } image ? $"data:{MediaType(image)};base64,{Convert.ToBase64String(image)}" : null,
            CSS = customization.Css,
            CSSVersion = document.ModifiedAt.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture),
            LastModifiedDate = document.ModifiedAt,
            CreationDate = document.CreatedAt,
        };
    }

    /// <summary>A customization as it is asked for; what is omitted is none.</summary>
    public static UiCustomization Read(string? css, byte[]? image)
    {
        var text = string.IsNullOrWhiteSpace(css) ? null : css;
        if (text is not null && (!Rules().IsMatch(text) || text.Contains("url(", StringComparison.OrdinalIgnoreCase)))
            throw CognitoException.InvalidParameter("CSS contains invalid classes or declarations.");
        var logo = image is { Length: > 0 } ? image : null;
        if (logo is not null && MediaType(logo) is null) throw CognitoException.InvalidParameter("The image must be a PNG or JPEG file.");
        return new UiCustomization(text, logo);
    }

    // By content: a name says nothing, and an SVG could carry a script.
    private static string? MediaType(ReadOnlySpan<byte> image) => image switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => "image/png",
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        _ => null,
    };

    // User guide, "Customizing hosted UI (classic) branding": these classes and no others. No @-rule, no quoted text and no
    // escape, so that a style can't fetch anything.
    [GeneratedRegex(
        """
        ^(?:\s*\.(?:background|banner|errorMessage|idpButton|idpDescription|inputField|label|legalText|logo|passwordCheck-notValid|passwordCheck-valid|redirect|socialButton|submitButton|textDescription)-customizable(?::hover|:focus)?\s*\{[\w\s#%.,:;()!+*/-]*\})*\s*$
        """,
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Rules();
}
