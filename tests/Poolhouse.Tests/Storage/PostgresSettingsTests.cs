using Poolhouse.Storage;
using Poolhouse.Storage.Postgres;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Storage;

public sealed class PostgresSettingsTests
{
    [Fact]
    public async Task Each_host_has_its_own_port_and_everything_else_in_common()
    {
        const string Text = "Host=db-a, db-b:5433,[2001:db8::1]:5434,2001:db8::2,/var/run/postgresql;Port=5431;Username=u;Password=p;Target Session Attributes=primary;Load Balance Hosts=true";

        var hosts = PostgresSettings.ReadHosts(Text);

        hosts.Select(host => (host.Host, host.Port)).ShouldBe(
            [("db-a", 5431), ("db-b", 5433), ("2001:db8::1", 5434), ("2001:db8::2", 5431), ("/var/run/postgresql", 5431)]);
        hosts.ShouldAllBe(host => host.Username == "u" && host.Password == "p" && host.TargetSessionAttributes == null && !host.LoadBalanceHosts);
        await using var database = new PostgresDatabase(Text, TestSealer.Instance, TimeProvider.System);
    }

    [Fact]
    public void What_the_string_leaves_open_keeps_nobody_waiting_for_a_server_that_is_cut_off()
    {
        var settings = PostgresSettings.Read("Host=db;Database=x");

        (settings.Timeout, settings.CommandTimeout, settings.CancellationTimeout).ShouldBe((5, 10, 500));
        (settings.TcpKeepAlive, settings.TcpKeepAliveTime, settings.TcpKeepAliveInterval).ShouldBe((true, 5, 1));
        (settings.MaxAutoPrepare, settings.AutoPrepareMinUsages).ShouldBe((200, 2));
    }

    [Fact]
    public void What_the_string_says_stays()
    {
        var settings = PostgresSettings.Read(
            "Host=db;timeout=15;CommandTimeout=30;Cancellation Timeout=2000;Tcp Keepalive=false;Max Auto Prepare=0;Auto Prepare Min Usages=5;Application Name=mine");

        (settings.Timeout, settings.CommandTimeout, settings.CancellationTimeout).ShouldBe((15, 30, 2000));
        settings.TcpKeepAlive.ShouldBeFalse();
        (settings.MaxAutoPrepare, settings.AutoPrepareMinUsages).ShouldBe((0, 5));
        settings.ApplicationName.ShouldBe("mine");
    }

    [Fact]
    public void What_the_driver_does_not_know_is_refused() => Should.Throw<ArgumentException>(() => PostgresSettings.ReadHosts("Host=db;Unheard=1"));
}
