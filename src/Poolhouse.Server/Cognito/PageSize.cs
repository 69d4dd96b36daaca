using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito;

/// <summary>How many items a page of a list has.</summary>
internal static class PageSize
{
    /// <summary>What a list without a size asked for, or with the most allowed, has.</summary>
    public const int Most = 60;

    /// <summary>The size asked for, or the most. The model allows 0, AWS does not (observed).</summary>
    /// <param name="asked">The request's member.</param>
    /// <param name="member">Its name in messages.</param>
    public static int Of(int? asked, string member = "limit") => asked != 0
        ? asked ?? Most
        : throw CognitoException.InvalidParameter(
            $"1 validation error detected: Value '0' at '{member}' failed to satisfy constraint: Member must have value greater than or equal to 1");
}
