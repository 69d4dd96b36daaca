using System.Globalization;
using Poolhouse.Core.Clients;
using Poolhouse.Core.Pools;

namespace Poolhouse.Core.Users.Attributes;

/// <summary>What may be written to a user's attributes, and what follows from writing.</summary>
public static class AttributeRules
{
    /// <summary>
    /// Checks a request's attributes, given as pairs in wire order; the last of a repeated name counts (observed on AWS).
    /// </summary>
    /// <param name="pool">Whose schema applies.</param>
    /// <param name="client">Whose write permissions apply; null for an administrator, who may also write server-side flags.</param>
    /// <param name="current">The user as it is; null for a new one, which must have all required attributes.</param>
    /// <param name="written">The pairs; an empty value deletes.</param>
    /// <returns>Null when all is well, else the first problem.</returns>
    public static AttributeProblem? Check(
        UserPool pool, AppClient? client, User? current, IReadOnlyDictionary<string, string> written)
    {
        foreach (var (name, value) in written)
        {
            if (CheckOne(pool, client, current, name, value) is { } problem) return problem;
        }

        if (current is not null) return null;
        foreach (var required in AttributeSchema.Required(pool))
        {
            if (string.IsNullOrEmpty(written.GetValueOrDefault(required))) return new AttributeProblem.Required { Name = required };
        }

        return null;
    }

    /// <summary>
    /// Checks what an administrator gives a new user along. Required attributes may be missing: the person gives them at the
    /// first sign-in (API_AdminCreateUser.UserAttributes).
    /// </summary>
    public static AttributeProblem? CheckInvited(UserPool pool, IReadOnlyDictionary<string, string> written)
    {
        foreach (var (name, value) in written)
        {
            if (CheckOne(pool, client: null, current: null, name, value) is { } problem) return problem;
        }

        return null;
    }

    /// <summary>Checks the names that a request wants to delete.</summary>
    public static AttributeProblem? CheckDelete(UserPool pool, AppClient? client, IReadOnlyCollection<string> names)
    {
        foreach (var name in names)
        {
            if (StandardAttributes.IsWrittenByServer(name)) return new AttributeProblem.ReadOnly { Name = name };
            if (AttributeSchema.Find(pool, name) is not { } definition) return new AttributeProblem.Unknown { Name = name };
            if (client is not null && !MayWrite(client, name)) return new AttributeProblem.NotWritable { Name = name };
            if (definition.IsRequired) return new AttributeProblem.Required { Name = name };
            if (!definition.IsMutable) return new AttributeProblem.Immutable { Name = name };
        }

        return null;
    }

    /// <summary>The last value of each name, in order of first appearance.</summary>
    public static IReadOnlyDictionary<string, string> LastWins(IEnumerable<(string Name, string? Value)> pairs)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in pairs) result[name] = value ?? "";
        return result;
    }

    /// <summary>
    /// The attributes after a write: empty values delete; a changed address is no longer verified, and a deleted one loses its flag.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Apply(
        IReadOnlyDictionary<string, string> current, IReadOnlyDictionary<string, string> written)
    {
        var result = new SortedDictionary<string, string>(current.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var (name, value) in written)
        {
            if (StandardAttributes.IsVerifiable(name) && !written.ContainsKey(name + "_verified"))
            {
                if (value.Length == 0) result.Remove(name + "_verified");
                else if (result.GetValueOrDefault(name) != value) result[name + "_verified"] = "false";
            }

            if (value.Length == 0) result.Remove(name);
            else result[name] = ValueOf(name, value);
        }

        return result;
    }

    /// <summary>The attributes of a user made by an administrator: what was given and nothing else, no flag made up (observed).</summary>
    public static IReadOnlyDictionary<string, string> Given(IReadOnlyDictionary<string, string> written)
    {
        var result = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in written)
            if (value.Length > 0) result[name] = ValueOf(name, value);
        return result;
    }

    /// <summary>Whether the client may read the attribute; <c>sub</c> is always readable.</summary>
    public static bool MayRead(AppClient client, string name) =>
        client.Settings.ReadAttributes is not { } list || name == "sub" || list.Contains(name);

    private static bool MayWrite(AppClient client, string name) =>
        client.Settings.WriteAttributes is not { } list || list.Contains(name);

    // Python's clients write True; what a flag says must not depend on that.
    private static string ValueOf(string name, string value) => StandardAttributes.IsWrittenByServer(name) ? value.ToLowerInvariant() : value;

    private static AttributeProblem? CheckOne(UserPool pool, AppClient? client, User? current, string name, string value)
    {
        var isAdministrator = client is null;
        if (name is "sub" or "identities" || (!isAdministrator && StandardAttributes.IsWrittenByServer(name)))
            return new AttributeProblem.ReadOnly { Name = name };
        if (AttributeSchema.Find(pool, name) is not { } definition) return new AttributeProblem.Unknown { Name = name };
        if (!isAdministrator && (definition.IsDeveloperOnly || !MayWrite(client!, name)))
            return new AttributeProblem.NotWritable { Name = name };
        // A new user may be given an immutable attribute; an existing one may not, not even the value it has.
        if (current is not null && !definition.IsMutable) return new AttributeProblem.Immutable { Name = name };
        if (value.Length == 0) return definition.IsRequired && current is not null ? new AttributeProblem.Required { Name = name } : null;
        return CheckValue(definition, value);
    }

    private static AttributeProblem? CheckValue(AttributeDefinition definition, string value)
    {
        var name = definition.Name;
        switch (definition.Type)
        {
            case AttributeDataType.String:
                if (Bound(definition.Maximum) is { } maximum && value.Length > maximum) return new AttributeProblem.TooLong((int)maximum) { Name = name };
                if (Bound(definition.Minimum) is { } minimum && value.Length < minimum) return new AttributeProblem.TooShort((int)minimum) { Name = name };
                if (name == "email" && !Addresses.IsEmail(value)) return new AttributeProblem.WrongFormat { Name = name };
                if (name == "phone_number" && !Addresses.IsPhoneNumber(value)) return new AttributeProblem.WrongFormat { Name = name };
                return null;
            case AttributeDataType.Number:
                var isInRange = long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                    && !(Bound(definition.Maximum) < number) && !(Bound(definition.Minimum) > number);
                return isInRange ? null : new AttributeProblem.WrongType("Number") { Name = name };
            case AttributeDataType.Boolean:
                return value is "true" or "false" or "True" or "False" ? null : new AttributeProblem.WrongType("Boolean") { Name = name };
            default:
                var isTime = DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);
                return isTime ? null : new AttributeProblem.WrongType("DateTime") { Name = name };
        }
    }

    private static long? Bound(string? text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var bound) ? bound : null;
}
