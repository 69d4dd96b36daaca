using System.Text.Json;
using Poolhouse.Core.Pools;
using Poolhouse.Storage.Json;

namespace Poolhouse.Tests.Storage;

public sealed class StoredDocumentTests
{
    private readonly StoredDocument<PoolSettings> document = new(StorageJson.Default.PoolSettings, new PoolSettings());

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"tier":"ESSENTIALS","passwords":{"minimum_length":8}}""")]
    public void A_member_that_an_older_version_did_not_write_has_its_default(string text)
    {
        var settings = document.Read(text);

        JsonSerializer.Serialize(settings, StorageJson.Default.PoolSettings)
            .ShouldBe(JsonSerializer.Serialize(new PoolSettings(), StorageJson.Default.PoolSettings));
    }

    [Fact]
    public void A_member_that_is_there_is_kept()
    {
        var settings = document.Read("""{"passwords":{"minimum_length":20,"require_symbols":false},"allowed_first_auth_factors":[]}""");

        settings.Passwords.ShouldBe(new PasswordRules { MinimumLength = 20, RequireSymbols = false });
        settings.AllowedFirstAuthFactors.ShouldBeEmpty();
    }
}
