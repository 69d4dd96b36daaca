using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Kyc;
using Poolhouse.Core.Accounts.Kyc.Files;

namespace Poolhouse.Tests.Account.Kyc;

public sealed class KycStatusTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Nothing_is_none() => KycStatus.Of([]).ShouldBe(new KycStatus(null, null));

    [Fact]
    public void One_that_waits_makes_it_pending() =>
        KycStatus.Of([New(KycKind.Passport, KycState.Approved, 0), New(KycKind.Selfie, KycState.Pending, 1)]).State.ShouldBe(KycState.Pending);

    [Fact]
    public void All_approved_is_approved() =>
        KycStatus.Of([New(KycKind.Passport, KycState.Approved, 0), New(KycKind.Selfie, KycState.Approved, 1)]).State.ShouldBe(KycState.Approved);

    [Fact]
    public void A_rejection_says_why_until_a_new_document_of_the_kind_comes()
    {
        var rejected = New(KycKind.Passport, KycState.Rejected, 0) with { Reason = "blurred", ReviewedAt = Start };

        KycStatus.Of([rejected, New(KycKind.Selfie, KycState.Pending, 1)]).ShouldBe(new KycStatus(KycState.Rejected, "blurred"));
        KycStatus.Of([rejected, New(KycKind.Passport, KycState.Pending, 1)]).ShouldBe(new KycStatus(KycState.Pending, null));
        KycStatus.Of([rejected, New(KycKind.Passport, KycState.Approved, 1)]).ShouldBe(new KycStatus(KycState.Approved, null));
    }

    private static KycDocument New(KycKind kind, KycState state, int minute) => new()
    {
        Id = Guid.NewGuid().ToString(),
        AccountId = new AccountId("a"),
        Application = "shop",
        Kind = kind,
        Type = FileType.Jpeg,
        Bytes = 1,
        State = state,
        UploadedAt = Start.AddMinutes(minute),
    };
}
