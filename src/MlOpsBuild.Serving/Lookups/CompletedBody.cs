using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Serving.Lookups;

/// <summary>A request as a version gets it.</summary>
/// <param name="Body">The body with what was looked up.</param>
/// <param name="Lookups">What that was, row by row; null where nothing was.</param>
internal sealed record CompletedBody(byte[] Body, IReadOnlyList<LookedUp?>? Lookups);
