namespace MlOpsBuild.Components;

/// <summary>Maturity level 3: models are tested, packaged and reported by the build. Pipelines without gates are refused.</summary>
public interface IContinuousIntegration : IContinuousTraining, ITestModel, IPackageModel, IGenerateManifests, IPushImage, IReport,
    ITakeCommands;
