using MlOpsBuild.Core;

namespace MlOpsBuild.Components.Steps;

/// <summary>What a candidate was judged against.</summary>
/// <param name="Model">The champion's model.</param>
/// <param name="Rows">Held-out rows with what it needs; null where it could not score them.</param>
internal sealed record TestedChampion(Digest Model, Artifact? Rows);
