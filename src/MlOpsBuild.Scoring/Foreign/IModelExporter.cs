namespace MlOpsBuild.Scoring.Foreign;

/// <summary>Writes models of ours in a form that others read.</summary>
public interface IModelExporter
{
    /// <summary>The file.</summary>
    /// <param name="model">A model of ours.</param>
    /// <exception cref="MlOpsBuild.Core.StageFailedException">Something of it has no such form.</exception>
    byte[] Export(TrainedModel model);

    /// <summary>The file as a model that can be scored.</summary>
    /// <param name="model">The model it was written from.</param>
    /// <param name="file">The file.</param>
    ForeignModel Read(TrainedModel model, byte[] file);
}
