namespace MlOpsBuild.Data.Expectations;

/// <summary>What is made of two values.</summary>
public enum FormulaOperator
{
    /// <summary>Their sum.</summary>
    Add,

    /// <summary>Their difference.</summary>
    Subtract,

    /// <summary>Their product.</summary>
    Multiply,

    /// <summary>Their quotient.</summary>
    Divide,

    /// <summary>Whether they are equal, to a billionth of the larger.</summary>
    Equal,

    /// <summary>Whether they are not.</summary>
    NotEqual,

    /// <summary>Whether the first is smaller.</summary>
    Less,

    /// <summary>Whether the first is smaller or equal.</summary>
    LessOrEqual,

    /// <summary>Whether both hold.</summary>
    And,

    /// <summary>Whether one of them holds.</summary>
    Or,
}
