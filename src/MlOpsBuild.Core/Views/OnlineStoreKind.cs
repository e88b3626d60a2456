namespace MlOpsBuild.Core.Views;

/// <summary>What keeps the newest values of feature views for a gateway.</summary>
public enum OnlineStoreKind
{
    /// <summary>Files beside the store of this checkout.</summary>
    Files,

    /// <summary>A Redis server.</summary>
    Redis,
}
