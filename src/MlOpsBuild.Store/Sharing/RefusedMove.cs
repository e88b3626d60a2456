using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Store.Sharing;

/// <summary>An alias move made without the remote, from a value that was no longer the team's.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Move">The move that was not taken over.</param>
/// <param name="Standing">The team's move in its place.</param>
public sealed record RefusedMove(string Pipeline, AliasMove Move, AliasMove Standing);
