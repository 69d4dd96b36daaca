using Poolhouse.Core.Clients;
using Poolhouse.Core.Codes;
using Poolhouse.Core.Users;
using Poolhouse.Core.Users.Attributes;
using Poolhouse.Protocol.CognitoIdp;

namespace Poolhouse.Server.Cognito;

/// <summary>Users between Core and the wire.</summary>
internal static class UserMapping
{
    /// <summary>API_UserType.UserStatus.</summary>
    public static string Status(UserStatus status) => status.Name();

    /// <summary>All attributes, <c>sub</c> among them.</summary>
    public static IReadOnlyList<AttributeType> Attributes(User user) => List(user, static _ => true);

    /// <summary>What the client may read now, whatever it could when the token was issued (observed).</summary>
    public static IReadOnlyList<AttributeType> Attributes(User user, AppClient client) => List(user, name => AttributeRules.MayRead(client, name));

    /// <summary>API_UserType.</summary>
    /// <param name="user">The user.</param>
    /// <param name="attributes">The attributes to include; null means all.</param>
    public static UserType ToUserType(User user, IReadOnlyCollection<string>? attributes = null) => new()
    {
        Username = user.Username,
        Attributes = attributes is null ? Attributes(user) : List(user, attributes.Contains),
        UserCreateDate = user.CreatedAt,
        UserLastModifiedDate = user.ModifiedAt,
        Enabled = user.IsEnabled,
        UserStatus = Status(user.Status),
        MFAOptions = MfaOptions(user),
    };

    /// <summary>API_GetUser.UserMFASettingList; null when no factor is asked for.</summary>
    public static IReadOnlyList<string>? MfaSettings(User user) => user.Mfa switch
    {
        { IsPasskeyEnough: true } mfa => [.. mfa.Enabled, MfaFactors.Passkey],
        { Enabled.Count: > 0 } mfa => mfa.Enabled,
        _ => null,
    };

    /// <summary>API_UserType.MFAOptions: the old list, which knows SMS only.</summary>
    public static IReadOnlyList<MFAOptionType>? MfaOptions(User user) => user.Mfa.IsEnabled(MfaFactors.Sms)
        ? [new MFAOptionType { DeliveryMedium = DeliveryMediumValues.Sms, AttributeName = "phone_number" }]
        : null;

    /// <summary>A request's attributes; of a repeated name the last counts.</summary>
    public static IReadOnlyDictionary<string, string> Read(IReadOnlyList<AttributeType>? attributes) =>
        AttributeRules.LastWins((attributes ?? []).Select(a => (a.Name!, a.Value)));

    /// <summary>A request's ValidationData as triggers see it; null where it has none.</summary>
    public static IReadOnlyDictionary<string, string>? ValidationData(IReadOnlyList<AttributeType>? data) => data is { Count: > 0 } ? Read(data) : null;

    /// <summary>API_CodeDeliveryDetailsType, with the address masked.</summary>
    public static CodeDeliveryDetailsType Details(Delivery delivery) => new()
    {
        AttributeName = delivery.Attribute,
        DeliveryMedium = delivery.Attribute == "email" ? "EMAIL" : "SMS",
        Destination = Addresses.Mask(delivery.Destination),
    };

    private static List<AttributeType> List(User user, Func<string, bool> isIncluded)
    {
        var list = new List<AttributeType>(user.Attributes.Count + 1);
        if (isIncluded("sub")) list.Add(new AttributeType { Name = "sub", Value = user.Sub.Value });
        foreach (var (name, value) in user.Attributes)
            if (isIncluded(name)) list.Add(new AttributeType { Name = name, Value = value });
        return list;
    }
}
