using MlOpsBuild.Core;

namespace MlOpsBuild.Components.Flow;

/// <summary>What <c>Status --json</c> prints.</summary>
/// <param name="Servers">All that run, or should.</param>
/// <param name="Problems">What should serve and does not.</param>
internal sealed record StatusDocument(IReadOnlyList<ServerStatus> Servers, IReadOnlyList<Finding> Problems);
