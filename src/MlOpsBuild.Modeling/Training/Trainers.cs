namespace MlOpsBuild.Modeling.Training;

/// <summary>The trainers a pipeline can name: each family adds its own, in its folder.</summary>
public static partial class Trainers;
