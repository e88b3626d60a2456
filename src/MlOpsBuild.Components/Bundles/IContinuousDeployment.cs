namespace MlOpsBuild.Components;

/// <summary>Maturity level 4: models are deployed by canary and rolled back by the build. Asks who owns rollbacks.</summary>
public interface IContinuousDeployment : IContinuousIntegration, IMaterialize, IDeployModel, IRollBack, IExperiment, IApprove, IMonitor,
    IRetrain;
