namespace Poolhouse.Tests.Testing;

/// <summary>Both ways in which a pool can stand behind an application: this server's own, and at Amazon.</summary>
public static class EveryPool
{
    /// <summary>For theories; the embedded database is enough where a test is not about it.</summary>
    public static TheoryData<Engine> Kinds => [Engine.Sqlite, Engine.Amazon];
}
