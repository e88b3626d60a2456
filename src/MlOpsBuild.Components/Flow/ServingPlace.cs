namespace MlOpsBuild.Components.Flow;

/// <summary>Where a pipeline serves.</summary>
/// <param name="Pipeline">Name of the pipeline.</param>
/// <param name="Environment">Name of the environment.</param>
internal sealed record ServingPlace(string Pipeline, string Environment);
