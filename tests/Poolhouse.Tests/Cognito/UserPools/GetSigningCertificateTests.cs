using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.UserPools;

public sealed class GetSigningCertificateTests
{
    [Fact]
    public async Task It_is_the_key_of_id_tokens_and_stays_the_same()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var token = (await (await pool.ConfirmedAsync("bob")).SignInAsync()).Id.Split('.');

        var first = await CertificateAsync(pool);
        var second = await CertificateAsync(pool);

        second.ShouldBe(first);
        using var certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(first));
        using var key = certificate.GetRSAPublicKey()!;
        key.VerifyData(
            System.Text.Encoding.ASCII.GetBytes(token[0] + "." + token[1]),
            System.Buffers.Text.Base64Url.DecodeFromChars(token[2]),
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1).ShouldBeTrue();
        (certificate.Subject, certificate.Issuer).ShouldBe(("CN=" + pool.Id, "CN=" + pool.Id));
    }

    private static async Task<string> CertificateAsync(TestPool pool) =>
        (await pool.ConfigureAsync("GetSigningCertificate").ShouldSucceedAsync()).Text("Certificate")!;
}
