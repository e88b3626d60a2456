using MlOpsBuild.Core;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Store.Signing;

/// <summary>
/// What is signed of an alias's move. Its place in the history is part of it: an old move put behind a newer one is not believed.
/// </summary>
internal sealed record MoveStatement(
    string Pipeline, string Alias, int Position, Digest? Bundle, AliasMoveKind Kind, DateTimeOffset At, string Actor, string Reason);
