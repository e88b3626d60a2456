using MlOpsBuild.Modeling.Training.Onnx;

namespace MlOpsBuild.Modeling.Training;

public static partial class Trainers
{
    /// <summary>
    /// No training: a given ONNX file, checked against the features, the contract and the task. It takes either one row of numbers, which
    /// the features make in the order they are declared, or the fields by their names. Needs the package MlOpsBuild.Onnx beside the build.
    /// </summary>
    /// <param name="path">The file, below the checkout.</param>
    public static TrainerSpec Onnx(string path) => new OnnxTrainer(path);
}
