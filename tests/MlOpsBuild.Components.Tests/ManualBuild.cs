namespace MlOpsBuild.Components.Tests;

/// <summary>A build of maturity level 0.</summary>
internal sealed class ManualBuild : MlBuild;
