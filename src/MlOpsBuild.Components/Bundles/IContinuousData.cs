namespace MlOpsBuild.Components;

/// <summary>Maturity level 1: data is ingested and validated by the build. Asks for pipelines, whose rows are contracts.</summary>
public interface IContinuousData : IIngestData, IValidateData, IExploreData, IListPipelines;
