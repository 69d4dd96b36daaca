using System.Text;

namespace Poolhouse.Load;

/// <summary>Whole requests as bytes. Values are this program's own and need no escapes.</summary>
internal static class Requests
{
    /// <summary>The web client of every installation.</summary>
    public const string ClientId = "poolhousewebclient00000000";

    /// <summary>The route that does nothing.</summary>
    public static byte[] Empty { get; } = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray();

    public static byte[] SignUp(string email, string password) => Post(
        "SignUp", $$$"""{"ClientId":"{{{ClientId}}}","Username":"{{{email}}}","Password":"{{{password}}}","UserAttributes":[{"Name":"email","Value":"{{{email}}}"}]}""");

    public static byte[] ConfirmSignUp(string email, string code) => Post(
        "ConfirmSignUp", $$$"""{"ClientId":"{{{ClientId}}}","Username":"{{{email}}}","ConfirmationCode":"{{{code}}}"}""");

    public static byte[] PasswordSignIn(string email, string password) => Post(
        "InitiateAuth",
        $$$"""{"ClientId":"{{{ClientId}}}","AuthFlow":"USER_PASSWORD_AUTH","AuthParameters":{"USERNAME":"{{{email}}}","PASSWORD":"{{{password}}}"}}""");

    public static byte[] SrpStart(string email, string srpA) => Post(
        "InitiateAuth", $$$"""{"ClientId":"{{{ClientId}}}","AuthFlow":"USER_SRP_AUTH","AuthParameters":{"USERNAME":"{{{email}}}","SRP_A":"{{{srpA}}}"}}""");

    public static byte[] SrpProof(string user, string secretBlock, string signature, string timestamp) => Post(
        "RespondToAuthChallenge",
        $$$"""
        {"ClientId":"{{{ClientId}}}","ChallengeName":"PASSWORD_VERIFIER","ChallengeResponses":{"USERNAME":"{{{user}}}",
        "PASSWORD_CLAIM_SECRET_BLOCK":"{{{secretBlock}}}","PASSWORD_CLAIM_SIGNATURE":"{{{signature}}}","TIMESTAMP":"{{{timestamp}}}"}}
        """);

    public static byte[] Refresh(string refreshToken) => Post(
        "InitiateAuth", $$$"""{"ClientId":"{{{ClientId}}}","AuthFlow":"REFRESH_TOKEN_AUTH","AuthParameters":{"REFRESH_TOKEN":"{{{refreshToken}}}"}}""");

    public static byte[] GetUser(string accessToken) => Post("GetUser", $$$"""{"AccessToken":"{{{accessToken}}}"}""");

    private static byte[] Post(string operation, string body) => Encoding.UTF8.GetBytes(
        "POST / HTTP/1.1\r\nHost: localhost\r\n" +
        "Content-Type: application/x-amz-json-1.1\r\n" +
        $"X-Amz-Target: AWSCognitoIdentityProviderService.{operation}\r\n" +
        $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n" +
        body);
}
