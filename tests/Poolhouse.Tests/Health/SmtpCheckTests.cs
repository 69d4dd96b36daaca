using Poolhouse.Messaging.Sending;
using Poolhouse.Server.Health;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Health;

public sealed class SmtpCheckTests : IAsyncDisposable
{
    private readonly SmtpReceiver receiver = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => receiver.DisposeAsync();

    [Fact]
    public async Task A_mail_server_that_answers_is_well()
    {
        (await CheckAsync()).ShouldBe(EngineState.Well("The mail server answers."));

        receiver.Mails.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("CONNECT", "554 no", "does not greet")]
    [InlineData("CONNECT", "HTTP/1.1 400 Bad Request", "does not greet")]
    [InlineData("EHLO", "550 go away", "does not want")]
    public async Task One_that_refuses_is_not(string at, string reply, string says)
    {
        receiver.Answer = verb => verb == at ? SmtpAnswer.With(reply) : SmtpAnswer.Accept;

        var state = await CheckAsync();

        state.IsWell.ShouldBeFalse();
        state.Text.ShouldContain(says);
    }

    [Fact]
    public async Task One_without_STARTTLS_is_not_where_it_is_wanted()
    {
        var state = await CheckAsync("?tls=true");

        state.IsWell.ShouldBeFalse();
        state.Text.ShouldContain("STARTTLS");
    }

    [Fact]
    public async Task Nobody_there_is_said() => (await CheckAsync(port: Ports.Free())).ShouldBe(EngineState.Out("The mail server does not answer; mail waits."));

    [Fact]
    public async Task Without_any_the_mailbox_is_enough_in_development_only()
    {
        (await new SmtpCheck(null, hasMailbox: true).CheckAsync(Ct)).IsWell.ShouldBeTrue();
        (await new SmtpCheck(null, hasMailbox: false).CheckAsync(Ct)).IsWell.ShouldBeFalse();
    }

    private async Task<EngineState> CheckAsync(string settings = "", int? port = null)
    {
        SmtpOptions.TryParse($"smtp://127.0.0.1:{port ?? receiver.Port}{settings}", out var options, out var error).ShouldBeTrue(error);
        return await new SmtpCheck(options, hasMailbox: false).CheckAsync(Ct);
    }
}
