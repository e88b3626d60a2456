using MlOpsBuild.Core;
using MlOpsBuild.Core.Views;

namespace MlOpsBuild.Online;

/// <summary>Opens the store that a pipeline names.</summary>
/// <param name="folder">The folder of stores that are files.</param>
/// <param name="prefix">Pipeline and environment: what is kept of others has another one.</param>
/// <param name="variable">Gives the value of an environment variable.</param>
/// <param name="time">The clock.</param>
public sealed class OnlineStoreOpener(string folder, string prefix, Func<string, string?> variable, TimeProvider time)
{
    /// <summary>The store.</summary>
    /// <exception cref="UsageException">Its variable is not set.</exception>
    public IOnlineStore Open(OnlineStore store) => store.Kind == OnlineStoreKind.Files ? new FileOnlineStore(folder, time)
        : variable(store.Variable ?? "") is { Length: > 0 } connection ? new RedisOnlineStore(connection, prefix, time)
        : throw new UsageException(Unset(store.Variable));

    /// <summary>What to say of a variable that is not set.</summary>
    /// <param name="variable">Its name.</param>
    public static Finding Unset(string? variable) => new(
        "MLB1304", "The variable of the online store is not set", "environment", variable, "a connection string",
        "set it where the build and the gateway are started");
}
