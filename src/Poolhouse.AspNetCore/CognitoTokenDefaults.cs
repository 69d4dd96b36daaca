namespace Poolhouse.AspNetCore;

/// <summary>Names that <see cref="CognitoTokenExtensions.AddCognitoTokens(Microsoft.AspNetCore.Authentication.AuthenticationBuilder, Action{CognitoTokenOptions})"/> uses.</summary>
public static class CognitoTokenDefaults
{
    /// <summary>The scheme's name unless the application chooses another.</summary>
    public const string AuthenticationScheme = "Bearer";
}
