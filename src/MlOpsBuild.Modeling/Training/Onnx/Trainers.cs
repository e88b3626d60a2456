using MlOpsBuild.Modeling.Training.Onnx;

namespace MlOpsBuild.Modeling.Training;

public static partial class Trainers
{
    /// <summary>
    /// No training: a given ONNX file, checked against the features, the contract and the task. It takes either one row of numbers, which
    /// the features make in the order they are declared, or the fields by their names. Needs the package MlOpsBuild.Onnx beside the build.
    /// </summary>
    /// <param name="path">The file, below the checkout.</param>
    public static TrainerSpec Onnx(string path) =>
        RegisteredModel.IsOne(path) ? Onnx(path, null) : new OnnxTrainer(path);

    /// <summary>
    /// No training: an ONNX model of an MLflow registry, of the server that <c>--mlflow</c> names. It is pinned by its digest: where the
    /// alias names another model by now, that is told and the pinned one is taken.
    /// </summary>
    /// <param name="model"><c>mlflow://name@alias</c>, or <c>mlflow://name/version</c> with the registry's own number.</param>
    /// <param name="sha256">The 64 hexadecimal digits of the file's SHA-256; left out, the build says them and ends.</param>
    public static TrainerSpec Onnx(string model, string? sha256)
    {
        RegisteredModel.Parse(model, sha256);
        return new OnnxTrainer(model) { Sha256 = sha256?.ToLowerInvariant() };
    }
}
