using MlOpsBuild.Core;

namespace MlOpsBuild.Online;

/// <summary>Keeps the newest value of each key of feature views: the build writes them, a gateway asks for them.</summary>
public interface IOnlineStore : IAsyncDisposable
{
    /// <summary>What is kept of a view; null where nothing is.</summary>
    /// <exception cref="StageFailedException">The store does not answer, or cannot be read.</exception>
    Task<OnlineState?> StateAsync(string view, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps values in place of all that was kept of the view; whoever asks meanwhile finds the ones or the others, never some of both.
    /// </summary>
    /// <exception cref="StageFailedException">The store does not answer, or cannot be written.</exception>
    Task WriteAsync(string view, OnlineState state, IReadOnlyCollection<OnlineValue> values, CancellationToken cancellationToken);

    /// <summary>The values of keys, all of them asked for at once and within a bounded time.</summary>
    /// <param name="questions">Which keys of which views.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>An answer to each question, in the same order.</returns>
    /// <exception cref="StageFailedException">The store does not answer, or cannot be read.</exception>
    Task<IReadOnlyList<OnlineAnswer>> FindAsync(IReadOnlyList<OnlineQuestion> questions, CancellationToken cancellationToken);
}
