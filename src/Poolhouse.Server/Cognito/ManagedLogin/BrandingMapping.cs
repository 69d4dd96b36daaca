using System.Text.Json;
using Poolhouse.Core.Documents;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.ManagedLogin;

/// <summary>Styles of the managed-login pages, between Core and the wire.</summary>
internal static class BrandingMapping
{
    // API_CreateManagedLoginBranding: the request has 2 MB at most, images in base64 included.
    private const int MostCharacters = 2 * 1024 * 1024;

    /// <summary>API_ManagedLoginBrandingType. Settings are told only if some were given, assets always (observed).</summary>
    public static ManagedLoginBrandingType ToWire(Document document)
    {
        var branding = DocumentTypes.Branding.Read(document);
        return new ManagedLoginBrandingType
        {
            ManagedLoginBrandingId = document.Key,
            UserPoolId = document.PoolId.Value,
            UseCognitoProvidedValues = branding.UsesProvidedValues,
            Settings = branding.Settings,
            Assets = [.. branding.Assets.Select(ToWire)],
            CreationDate = document.CreatedAt,
            LastModifiedDate = document.ModifiedAt,
        };
    }

    /// <summary>A style as it is asked for.</summary>
    public static Branding Read(bool? usesProvidedValues, JsonElement? settings, IReadOnlyList<AssetType>? assets)
    {
        var isProvided = usesProvidedValues == true;
        var given = settings is { ValueKind: not JsonValueKind.Null } some ? some : (JsonElement?)null;
        if (isProvided ? given is not null || assets is { Count: > 0 } : given is null && usesProvidedValues is null)
            throw CognitoException.InvalidParameter("useCognitoProvidedValues or settings should be specified (but not both)");
        if (given is { } json) Demand(json);
        var size = (given?.GetRawText().Length ?? 0) + (assets ?? []).Sum(a => (a.Bytes?.Length ?? 0) / 3L * 4);
        if (size > MostCharacters) throw CognitoException.InvalidParameter("Settings and assets must have at most 2 MB.");
        return new Branding(
            isProvided, given, [.. (assets ?? []).Select(a => new BrandingAsset(a.Category!, a.ColorMode!, a.Extension!, a.Bytes, a.ResourceId))]);
    }

    /// <summary>The error for a style that isn't there.</summary>
    public static CognitoException NotFound() => CognitoException.ResourceNotFound("Managed login branding does not exist.");

    private static AssetType ToWire(BrandingAsset asset) => new()
    {
        Category = asset.Category,
        ColorMode = asset.ColorMode,
        Extension = asset.Extension,
        Bytes = asset.Bytes,
        ResourceId = asset.ResourceId,
    };

    // Nobody has looked into it yet: the model says "any JSON". What could not be written again must not be stored.
    private static void Demand(JsonElement settings)
    {
        if (settings.ValueKind != JsonValueKind.Object) throw CognitoException.InvalidParameter("Settings must be a JSON object.");
        try
        {
            Read(settings);
        }
        catch (InvalidOperationException)
        {
            throw CognitoException.Serialization();
        }
    }

    // The parser has bounded the depth.
    private static void Read(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    _ = member.Name;
                    Read(member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray()) Read(item);
                break;
            case JsonValueKind.String:
                _ = value.GetString();
                break;
        }
    }
}
