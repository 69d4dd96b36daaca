namespace Poolhouse.Core.Stores;

/// <summary>What a database tells a node of its own accord.</summary>
public interface IDatabaseEvents
{
    /// <summary>Pools, clients or their documents were changed on some node, or may have been while nobody listened.</summary>
    void OnConfigurationChanged();

    /// <summary>Another server is the primary now.</summary>
    /// <param name="name">Its name and port.</param>
    void OnPrimary(string name);

    /// <summary>The primary doesn't answer; it, or its successor, is looked for.</summary>
    void OnPrimaryLost(Exception failure);
}
